#pragma once

#include <cstdint>
#include <optional>

#include "harness/engine/reassembly.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::engine {

/// What the wire tells of one connection: the stack's TCB variables as far as the peer can know
/// them, and the peer's own place in both streams.
///
/// Nothing here comes from the stack's word; a segment that lies moves only what it speaks of.
class ConnectionView {
 public:
  /// Before the first segment. `peer_iss` and, where it is known, `stack_iss` anchor relative
  /// numbers.
  void restart(wire::SeqNum peer_iss, std::optional<wire::SeqNum> stack_iss);

  /// The peer has sent `segment`; it may still be lost.
  void peer_sent(const wire::Segment& segment);

  /// `segment` of the peer's has reached the stack.
  void reached_stack(const wire::Segment& segment);

  /// The stack has emitted `segment`; whether it reaches the peer is decided later.
  void stack_emitted(const wire::Segment& segment);

  /// `segment` of the stack's has reached the peer.
  void reached_peer(const wire::Segment& segment);

  /// Whether `segment`, before stack_emitted(), occupies sequence space that the stack never used.
  [[nodiscard]] bool is_novel(const wire::Segment& segment) const;

  [[nodiscard]] wire::SeqNum iss() const { return iss_; }
  [[nodiscard]] wire::SeqNum irs() const { return irs_; }
  [[nodiscard]] wire::SeqNum snd_una() const { return snd_una_; }
  [[nodiscard]] wire::SeqNum snd_nxt() const { return snd_nxt_; }
  [[nodiscard]] std::uint32_t snd_wnd() const { return snd_wnd_; }
  [[nodiscard]] wire::SeqNum rcv_nxt() const { return rcv_nxt_; }
  [[nodiscard]] std::uint32_t rcv_wnd() const { return rcv_wnd_; }
  [[nodiscard]] wire::SeqNum peer_nxt() const { return sent_.next(); }
  /// The timestamp of the stack's latest segment, which the peer echoes; 0 where it had none.
  [[nodiscard]] std::uint32_t stack_tsval() const { return stack_tsval_; }
  /// What the peer would acknowledge.
  [[nodiscard]] wire::SeqNum peer_rcv_nxt() const { return received_.next(); }

 private:
  void adopt_peer_syn(wire::SeqNum seq);

  wire::SeqNum iss_;
  wire::SeqNum irs_;
  wire::SeqNum snd_una_;
  wire::SeqNum snd_nxt_;
  wire::SeqNum rcv_nxt_;
  std::uint32_t snd_wnd_ = 0;
  std::uint32_t rcv_wnd_ = 0;
  std::optional<std::uint8_t> peer_shift_;   ///< Window scale that the peer's SYN offered.
  std::optional<std::uint8_t> stack_shift_;  ///< Window scale that the stack's SYN offered.
  std::uint32_t stack_tsval_ = 0;
  bool stack_syn_seen_ = false;
  bool peer_syn_sent_ = false;
  std::optional<wire::SeqNum> other_syn_;  ///< A later SYN elsewhere, until the stack takes it up.
  Reassembly sent_;                        ///< The peer's numbers, lost or not.
  Reassembly received_;                    ///< The stack's numbers that reached the peer.
};

}  // namespace tcprove::engine
