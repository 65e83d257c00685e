#pragma once

#include "harness/wire/segment.hpp"

namespace tcprove::adapter::kernel {

/// Whether a packet is the host's own business on a link and none of TCP's: neighbour discovery,
/// multicast listener reports (ICMPv6), IGMP.
bool is_chatter(wire::Octets packet);

}  // namespace tcprove::adapter::kernel
