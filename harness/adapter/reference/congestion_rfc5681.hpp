#pragma once

#include <cstdint>

#include "harness/wire/seq_num.hpp"

namespace tcprove::adapter::reference {

/// How much of one connection may be in flight: slow start, congestion avoidance, fast retransmit
/// and fast recovery (RFC 5681), limited transmit (RFC 3042), NewReno (RFC 6582); MUST-19.
///
/// Units: octets. FlightSize is what was sent and is not acknowledged.
class CongestionControl {
 public:
  /// The handshake is complete. RFC 5681 section 3.1: the initial window is one segment where the
  /// SYN had to be sent again. `iss` is where RFC 6582's `recover` begins.
  void begin(wire::SeqLen smss, bool syn_was_retransmitted, wire::SeqNum iss);

  /// RFC 5681 section 4.1: nothing was sent for longer than an RTO.
  void restart_after_idle();

  /// What may be in flight now: cwnd, and what limited transmit adds to it.
  [[nodiscard]] wire::SeqLen allowance() const { return cwnd_ + limited_transmit_; }
  [[nodiscard]] wire::SeqLen cwnd() const { return cwnd_; }
  [[nodiscard]] wire::SeqLen ssthresh() const { return ssthresh_; }
  [[nodiscard]] bool recovering() const { return recovering_; }

  /// A duplicate ACK by RFC 5681 section 2. Answers whether SND.UNA is to be retransmitted now:
  /// it is the third one, and not a leftover of an earlier loss (RFC 6582 section 3.2 step 2).
  bool on_duplicate_ack(wire::SeqNum snd_una, wire::SeqNum snd_nxt);

  /// SND.UNA moved to `snd_una` over `acked` octets of text. Answers whether SND.UNA is to be
  /// retransmitted now: a partial acknowledgment (RFC 6582 section 3.2 step 3).
  bool on_new_ack(wire::SeqLen acked, wire::SeqNum snd_una, wire::SeqNum snd_nxt);

  /// An ACK of `ack` carries ECE, with `flight` octets in flight before it (RFC 3168
  /// section 6.1.2): as a lost segment, but once for what was in flight. Answers whether cwnd was
  /// reduced.
  bool on_echo(wire::SeqNum ack, wire::SeqLen flight, wire::SeqNum snd_nxt);

  /// The retransmission timer expired; `first` where the segment was not resent by timer before.
  void on_timeout(wire::SeqNum snd_una, wire::SeqNum snd_nxt, bool first);

 private:
  [[nodiscard]] wire::SeqLen initial_window() const;
  void grow(wire::SeqLen acked);

  wire::SeqLen smss_ = 0;
  wire::SeqLen cwnd_ = 0;
  wire::SeqLen ssthresh_ = 0;
  wire::SeqLen acked_in_avoidance_ = 0;  ///< Octets acknowledged since cwnd last grew.
  wire::SeqLen limited_transmit_ = 0;
  wire::SeqLen flight_before_duplicates_ = 0;
  std::uint32_t duplicate_acks_ = 0;
  wire::SeqNum recover_;  ///< SND.NXT at the last loss; RFC 6582 counts one less.
  wire::SeqNum reduced_;  ///< SND.NXT when cwnd was last reduced, for a loss or a mark.
  bool recovering_ = false;
};

}  // namespace tcprove::adapter::reference
