#pragma once

#include <array>
#include <cstdint>

#include <linux/filter.h>

#include "harness/adapter/tun/place.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::adapter::tun {

/// Which ports of the peer's are ours.
struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;

  [[nodiscard]] bool has(std::uint16_t port) const { return port >= first && port <= last; }
};

/// What the kernel is to wake us for: arriving TCP segments to `ours`, ICMP, and whatever it cannot
/// tell. Of many plays at once each then has its own packets alone.
std::array<sock_filter, 23> arrivals(PortRange ours);

/// Whether an arrived packet is from the stack and about one of our ports.
bool is_about(const Place& place, PortRange ours, wire::Octets packet);

}  // namespace tcprove::adapter::tun
