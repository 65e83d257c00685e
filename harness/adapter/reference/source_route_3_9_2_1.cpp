// RFC 9293 section 3.9.2.1, "Source Route", with the option of RFC 791 section 3.1.

#include "harness/adapter/reference/source_route_3_9_2_1.hpp"

#include <algorithm>

#include "harness/wire/source_route.hpp"

namespace tcprove::adapter::reference {
namespace {

constexpr std::size_t kAddressOctets = 4;

wire::IpAddress gateway(std::uint32_t octets) {
  wire::IpAddress address;
  for (std::size_t i = 0; i < kAddressOctets; ++i) {
    address.octets.at(i) = static_cast<std::uint8_t>(octets >> (24 - 8 * i));
  }
  return address;
}

}  // namespace

std::vector<wire::IpAddress> way_back(const wire::Packet& packet) {
  std::vector<wire::IpAddress> route;
  const auto arrived = wire::source_route_of(packet);
  if (!arrived || !arrived->complete()) return route;
  for (wire::Octets rest = arrived->addresses; !rest.empty();) {
    wire::IpAddress address;
    std::ranges::copy(rest.last(kAddressOctets), address.octets.begin());
    route.push_back(address);
    rest = rest.first(rest.size() - kAddressOctets);
  }
  route.push_back(packet.source);
  return route;
}

void take_way_back(const Host& host, Tcb& tcb, const std::vector<wire::IpAddress>& route) {
  const bool users = !tcb.passive() && tcb.settings.source_route != 0;
  if (route.empty() || (users && !host.defect(Fault::ArrivedSourceRouteWins))) return;
  if (host.defect(Fault::ReturnRouteForgotten)) return;
  if (!tcb.route.empty() && host.defect(Fault::LaterSourceRouteIgnored)) return;
  tcb.route = route;
  if (host.defect(Fault::ReturnRouteNotReversed)) {
    std::reverse(tcb.route.begin(), tcb.route.end() - 1);
  }
  if (host.defect(Fault::IpOptionsNotSubtracted)) tcb.snd_mss += route_octets(tcb.route);
}

void take_users_route(const Host& host, Tcb& tcb) {
  if (tcb.passive() || tcb.settings.source_route == 0) return;
  if (tcb.tuple.stack.address.version != wire::IpVersion::V4)
    return;  // A gateway is an IPv4 address.
  if (host.defect(Fault::OwnSourceRouteIgnored)) return;
  tcb.route = {gateway(tcb.settings.source_route), tcb.tuple.peer.address};
}

wire::SeqLen route_octets(const std::vector<wire::IpAddress>& route) {
  // Three octets and all hops but the first, padded to whole words.
  return static_cast<wire::SeqLen>(route.size() * kAddressOctets);
}

void send_along(const std::vector<wire::IpAddress>& route, wire::Packet& packet,
                std::vector<std::uint8_t>& options) {
  constexpr std::uint8_t kPointerAtFirst = 4;
  if (route.empty()) return;
  packet.destination = route.front();
  options = {wire::kLooseSourceRoute,
             static_cast<std::uint8_t>(3 + (route.size() - 1) * kAddressOctets), kPointerAtFirst};
  for (std::size_t i = 1; i < route.size(); ++i) {
    const auto& octets = route[i].octets;
    options.insert(options.end(), octets.begin(), octets.begin() + kAddressOctets);
  }
  packet.ip_options = options;
}

}  // namespace tcprove::adapter::reference
