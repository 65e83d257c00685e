#pragma once

#include <cstdint>
#include <optional>

#include "harness/wire/segment.hpp"

namespace tcprove::wire {

/// The numbers of www.tcpdump.org/linktypes.html of which we find the IP packet in a frame.
enum class LinkType : std::uint32_t {
  Null = 0,  ///< BSD loopback.
  Ethernet = 1,
  Raw = 101,
  Loop = 108,  ///< OpenBSD loopback.
  LinuxCooked = 113,
  Ipv4 = 228,
  Ipv6 = 229,
  LinuxCooked2 = 276,
};

/// Whether frames of this link type can be read.
bool is_known(LinkType type);

/// The IP packet in `frame`, without the padding that a short Ethernet frame carries; nothing where
/// it holds none. VLAN tags are walked over, kVlanTagsMax of them. Any octets may come.
///
/// Lifetime: the answer points into `frame`.
std::optional<Octets> ip_packet_in(LinkType type, Octets frame);

inline constexpr int kVlanTagsMax = 4;

}  // namespace tcprove::wire
