#include "harness/wire/source_route.hpp"

#include <algorithm>

#include "harness/wire/ip_options.hpp"

namespace tcprove::wire {
namespace {

constexpr std::size_t kAddressOctets = 4;
constexpr std::uint8_t kPointerAtFirst = 4;  // Counted from the kind octet, as 1.

}  // namespace

std::optional<SourceRoute> source_route_of(const Packet& packet) {
  if (packet.source.version != IpVersion::V4) return std::nullopt;
  IpOptionReader reader(packet);
  while (const std::optional<IpOption> option = reader.next()) {
    if (option->kind != kLooseSourceRoute && option->kind != kStrictSourceRoute) continue;
    if (option->data.empty() || option->data[0] < kPointerAtFirst) return std::nullopt;
    const Octets addresses = option->data.subspan(1);
    if (addresses.empty() || addresses.size() % kAddressOctets != 0) return std::nullopt;
    return SourceRoute{.addresses = addresses,
                       .next = std::size_t{option->data[0]} - kPointerAtFirst};
  }
  return std::nullopt;
}

IpAddress final_destination(const Packet& packet) {
  if (packet.ip_options.empty()) return packet.destination;
  const auto route = source_route_of(packet);
  if (!route || route->complete()) return packet.destination;
  IpAddress last;
  std::ranges::copy(route->addresses.last(kAddressOctets), last.octets.begin());
  return last;
}

}  // namespace tcprove::wire
