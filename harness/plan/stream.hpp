#pragma once

#include <cstdint>
#include <span>

namespace tcprove::plan {

/// Which side's octets.
enum class Sender : std::uint8_t { Peer, Stack };

/// Eight octets of a stream, the first in the lowest bits (SplitMix64's mixing).
constexpr std::uint64_t stream_block(Sender sender, std::uint16_t connection, std::uint32_t block) {
  const std::uint64_t salt = sender == Sender::Stack ? 0x5851f42d4c957f2dU : 0;
  std::uint64_t x = (std::uint64_t{connection} << 32U | block) + 1;
  x = x * 0x9e3779b97f4a7c15U + salt;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

/// The octet at `offset` (0 is the first after the SYN) of a side's stream on connection
/// `connection`.
///
/// A function of the place alone, so that every octet that is delivered or retransmitted can be
/// checked. Neighbouring offsets, sides and connections differ, so a shifted, swapped or crossed
/// stream is seen.
constexpr std::uint8_t stream_octet(Sender sender, std::uint16_t connection, std::uint32_t offset) {
  return static_cast<std::uint8_t>(stream_block(sender, connection, offset / 8) >>
                                   (offset % 8 * 8));
}

/// Fills `out` with the octets from `offset` on; the same as stream_octet(), eight at a time.
void fill_stream(Sender sender, std::uint16_t connection, std::uint32_t offset,
                 std::span<std::uint8_t> out);

}  // namespace tcprove::plan
