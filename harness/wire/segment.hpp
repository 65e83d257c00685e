#pragma once

#include <cstdint>
#include <span>

#include "harness/wire/flags.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::wire {

using Octets = std::span<const std::uint8_t>;

/// A TCP segment (RFC 9293 section 3.1), every header field as it stands on the wire, also a wrong
/// one.
///
/// Lifetime: `options` and `payload` are views; the octets behind them must outlive the segment.
struct Segment {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  SeqNum seq;
  SeqNum ack;
  std::uint8_t data_offset = 5;  ///< 32-bit words, 4 bits.
  std::uint8_t reserved = 0;     ///< 4 bits.
  Flags ctl;
  std::uint16_t wnd = 0;
  std::uint16_t checksum = 0;
  std::uint16_t up = 0;
  Octets options;
  Octets payload;

  /// SEG.LEN: octets of sequence space that the segment occupies; SYN and FIN count one each.
  [[nodiscard]] SeqLen len() const {
    return static_cast<SeqLen>(payload.size()) + (ctl.has(Flag::Syn) ? 1U : 0U) +
           (ctl.has(Flag::Fin) ? 1U : 0U);
  }
};

}  // namespace tcprove::wire
