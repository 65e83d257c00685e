#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tcprove::monitor {

/// The gateways between two hosts and the host at the end, as IPv4 source routes name them.
struct Route {
  static constexpr std::size_t kHopsMax = 10;  ///< Nine fit into an option, and the destination.
  std::array<std::uint32_t, kHopsMax> hops{};
  std::size_t count = 0;

  bool operator==(const Route&) const = default;
};

/// What the stack knows of source routes (RFC 9293 section 3.9.2.1).
struct ShadowRoute {
  Route own;                 ///< The user's,
  Route returned;            ///< the way back of the latest route that arrived,
  Route former;              ///< and of the one before it; each empty where there is none.
  bool own_unclear = false;  ///< named when there was a connection or a listener;
  /// One came with a segment that the stack may have dropped.
  bool unclear = false;
};

}  // namespace tcprove::monitor
