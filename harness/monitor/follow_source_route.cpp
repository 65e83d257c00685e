// RFC 9293 section 3.9.2.1: the source routes of what reaches the stack.

#include "harness/monitor/answers.hpp"
#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::monitor {
namespace {

constexpr std::size_t kAddressOctets = 4;

std::uint32_t address_at(wire::Octets addresses, std::size_t index) {
  std::uint32_t address = 0;
  for (std::size_t i = 0; i < kAddressOctets; ++i) {
    address = address << 8U | addresses[index * kAddressOctets + i];
  }
  return address;
}

/// Back the way that the packet came: the gateways, the last one first, and who sent it.
Route way_back(const wire::Packet& packet, wire::Octets addresses) {
  Route route;
  for (std::size_t i = addresses.size() / kAddressOctets; i > 0; --i) {
    route.hops.at(route.count++) = address_at(addresses, i - 1);
  }
  route.hops.at(route.count++) = wire::ipv4_octets(packet.source);
  return route;
}

/// Whether the stack must take the segment: what it drops it need not look at.
bool surely_taken(const ShadowTcb& tcb, const Arrival& a) {
  using wire::Flag;
  if (!a.plain || a.has(Flag::Rst)) return false;
  if (tcb.only(tcp::State::Closed)) return a.has(Flag::Syn) && !a.has(Flag::Ack);
  if (tcb.only(tcp::State::SynSent)) {
    return a.has(Flag::Syn) && (!a.has(Flag::Ack) || a.ack == tcb.snd.nxt);
  }
  return tcb.only(tcp::State::Established) && !a.has(Flag::Syn) && tcb.surely_acceptable(a) &&
         !ahead(a.seq, tcb.rcv.nxt) && tcb.ack_is_in_range(a) && timestamp_passes(tcb, a);
}

}  // namespace

void follow_source_route(ShadowTcb& tcb, const wire::Packet& packet, const Arrival& arrival) {
  const bool opens = arrival.has(wire::Flag::Syn) && tcb.only(tcp::State::Closed);
  if (opens) {
    tcb.route.returned = tcb.route.former = {};
    tcb.route.unclear = false;
  } else if (arrival.has(wire::Flag::Syn) && !tcb.only(tcp::State::SynSent)) {
    tcb.route.unclear = true;  // The connection may be over, and another begin.
  }
  if (packet.ip_options.empty()) return;
  const auto found = wire::source_route_of(packet);
  if (!found || !found->complete()) return;
  const Route route = way_back(packet, found->addresses);
  if (route == tcb.route.returned) return;
  tcb.sizes.largest_sent = 0;
  if (!surely_taken(tcb, arrival)) {
    tcb.route.unclear = true;
    return;
  }
  tcb.route.former = tcb.route.returned;
  tcb.route.returned = route;
}

Route route_of(const wire::Packet& packet) {
  Route route;
  const auto found = wire::source_route_of(packet);
  if (!found || found->complete()) return route;
  route.hops.at(route.count++) = wire::ipv4_octets(packet.destination);
  for (std::size_t i = 0; i < found->addresses.size() / kAddressOctets; ++i) {
    route.hops.at(route.count++) = address_at(found->addresses, i);
  }
  return route;
}

}  // namespace tcprove::monitor
