#include "harness/wire/source_route.hpp"

#include <algorithm>

namespace tcprove::wire {
namespace {

constexpr std::size_t kAddressOctets = 4;
constexpr std::uint8_t kEndOfList = 0;
constexpr std::uint8_t kNoOperation = 1;
constexpr std::size_t kHead = 3;             // Kind, length and pointer.
constexpr std::uint8_t kPointerAtFirst = 4;  // Counted from the kind octet, as 1.

}  // namespace

std::optional<SourceRoute> source_route_of(const Packet& packet) {
  if (packet.source.version != IpVersion::V4) return std::nullopt;
  Octets rest = packet.ip_options;
  while (!rest.empty() && rest[0] != kEndOfList) {
    const std::size_t size = rest[0] == kNoOperation ? 1 : rest.size() > 1 ? rest[1] : 0;
    if (size == 0 || size > rest.size()) return std::nullopt;
    if (rest[0] != kLooseSourceRoute && rest[0] != kStrictSourceRoute) {
      rest = rest.subspan(size);
      continue;
    }
    const bool whole = size > kHead && (size - kHead) % kAddressOctets == 0;
    if (!whole || rest[2] < kPointerAtFirst) return std::nullopt;
    return SourceRoute{.addresses = rest.subspan(kHead, size - kHead),
                       .next = std::size_t{rest[2]} - kPointerAtFirst};
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
