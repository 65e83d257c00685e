#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "harness/wire/options.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::adapter::reference {

/// Text and FIN that arrived and wait for what comes before them (RFC 9293 SHLD-31).
///
/// Every octet passes through here, in order or not, so that there is one way in. An octet keeps
/// the value that came first; nothing past the FIN is handed out.
/// Limits: callers trim to the receive window, so RCV.BUFF bounds what is held.
class ReassemblyQueue {
 public:
  /// Holds `text`, which begins at `seq`, and the FIN behind it.
  /// Requires: `seq` at or past RCV.NXT and, with `text`, inside the receive window.
  void hold(wire::SeqNum rcv_nxt, wire::SeqNum seq, wire::Octets text, bool fin);

  /// Appends to `out` what follows without a gap from RCV.NXT on; answers how many octets.
  wire::SeqLen take(wire::SeqNum rcv_nxt, std::deque<std::uint8_t>& out);

  /// Whether the FIN is the next thing at RCV.NXT.
  [[nodiscard]] bool fin_at(wire::SeqNum rcv_nxt) const { return fin_ == rcv_nxt; }

  /// Whether text waits at RCV.NXT itself: it came with the SYN (section 3.10.7.2).
  [[nodiscard]] bool text_at(wire::SeqNum rcv_nxt) const {
    return !pieces_.empty() && pieces_.front().begin == rcv_nxt;
  }

  /// Whether text waits.
  [[nodiscard]] bool has_text() const { return !pieces_.empty(); }

  /// The runs of text that wait, by sequence number from RCV.NXT on: no two of them touch.
  [[nodiscard]] std::vector<wire::Sack::Block> runs() const;

  void clear();

 private:
  struct Piece {
    wire::SeqNum begin;
    std::vector<std::uint8_t> octets;
  };
  std::vector<Piece> pieces_;  ///< By sequence number from RCV.NXT on; they never overlap.
  std::optional<wire::SeqNum> fin_;
};

}  // namespace tcprove::adapter::reference
