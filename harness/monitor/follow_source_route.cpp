// RFC 9293 section 3.9.2.1: the source routes of what reaches the stack.

#include "harness/monitor/follow.hpp"
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

}  // namespace

void follow_source_route(ShadowTcb& tcb, const wire::Packet& packet) {
  const bool opens = packet.segment.ctl.has(wire::Flag::Syn) && tcb.only(tcp::State::Closed);
  if (opens) tcb.route = {.own = tcb.route.own, .returned = {}, .former = {}};
  if (packet.ip_options.empty()) return;
  const auto found = wire::source_route_of(packet);
  if (!found || !found->complete()) return;
  const bool taken = packet.flaws.none() && packet.has_segment() &&
                     (opens || tcb.only(tcp::State::SynSent) || tcb.only(tcp::State::Established));
  const Route route = way_back(packet, found->addresses);
  if (route == tcb.route.returned) return;
  if (!taken) {
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
