#pragma once

#include <cstdint>

namespace tcprove::plan {

/// Which side's octets.
enum class Sender : std::uint8_t { Peer, Stack };

/// The octet at `offset` (0 is the first after the SYN) of a side's stream on connection
/// `connection`.
///
/// A function of the place alone, so that every octet that is delivered or retransmitted can be
/// checked. Neighbouring offsets, sides and connections differ, so a shifted, swapped or crossed
/// stream is seen.
constexpr std::uint8_t stream_octet(Sender sender, std::uint16_t connection, std::uint32_t offset) {
  std::uint32_t x =
      offset + 1 + (sender == Sender::Stack ? 0x9e3779b9U : 0U) + connection * 0x85ebca6bU;
  x ^= x >> 16U;
  x *= 0x7feb352dU;
  x ^= x >> 15U;
  x *= 0x846ca68bU;
  x ^= x >> 16U;
  return static_cast<std::uint8_t>(x);
}

}  // namespace tcprove::plan
