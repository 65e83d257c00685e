#pragma once

#include <optional>

#include "harness/wire/packet.hpp"

namespace tcprove::wire {

/// An IPv4 source route, loose or strict (RFC 791 section 3.1).
///
/// Lifetime: `addresses` is a view of the packet's IP options.
struct SourceRoute {
  Octets addresses;      ///< Four octets each.
  std::size_t next = 0;  ///< So many octets of these are behind the packet.

  /// Whether the packet has been everywhere: then they are the way back, last one first.
  [[nodiscard]] bool complete() const { return next >= addresses.size(); }
};

inline constexpr std::uint8_t kLooseSourceRoute = 131;
inline constexpr std::uint8_t kStrictSourceRoute = 137;

/// The packet's source route; nothing where it has none or it is malformed.
std::optional<SourceRoute> source_route_of(const Packet& packet);

/// Where the packet is to arrive in the end: the end of its source route, if that is not complete.
/// The pseudo-header's destination (RFC 9293 section 3.1; RFC 1122 section 3.2.1.8).
IpAddress final_destination(const Packet& packet);

}  // namespace tcprove::wire
