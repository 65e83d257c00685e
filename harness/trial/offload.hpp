#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/wire/packet.hpp"

namespace tcprove::trial {

/// Whether the checksum is that of the pseudo-header alone, as a host leaves it for its network
/// card to complete: the packet was captured before it was on the wire.
bool is_left_to_the_card(const wire::Packet& packet, wire::Octets octets);

/// The packets that the card makes of such a one: cut at `mss` octets of options and data, with
/// checksums.
///
/// Requires: is_left_to_the_card().
std::vector<std::vector<std::uint8_t>> as_on_the_wire(const wire::Packet& packet, std::size_t mss);

}  // namespace tcprove::trial
