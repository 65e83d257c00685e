#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// The largest initial window that RFC 6928 section 2 allows.
constexpr wire::SeqLen initial_window_of_rfc6928(wire::SeqLen smss) {
  return std::min(10 * smss, std::max<wire::SeqLen>(2 * smss, 14600));
}

/// The largest initial window that RFC 5681 section 3.1 allows a sender whose SMSS is at most
/// `smss`: a smaller SMSS may have a larger window.
constexpr wire::SeqLen initial_window_of_rfc5681(wire::SeqLen smss) {
  if (smss <= 1095) return 4 * smss;
  if (smss <= 2190) return std::max<wire::SeqLen>(4 * 1095, 3 * smss);
  return std::max<wire::SeqLen>(3 * 2190, 2 * smss);
}

/// What may be in flight at most, whichever standard way cwnd is kept (RFC 5681, MAY-18).
///
/// No ACK opens cwnd by more than it acknowledges, and no duplicate lets more than a segment pass.
struct ShadowFlight {
  static constexpr wire::SeqLen kGrownMax = 1U << 30U;  ///< No window is larger.

  wire::SeqLen grown = 0;                     ///< By ACKs of new data, since the connection began
  std::optional<wire::SeqLen> grown_restart;  ///< and since it was idle for longer than any RTO.
  wire::SeqLen inflated = 0;                  ///< By what may count as duplicate ACKs.
  bool acked = false;                         ///< Data was acknowledged.
  unsigned syn_time_outs = 0;
  base::Instant last_new;  ///< New data was sent.

  /// Octets sent since the retransmission timer fired; absent when something came after that.
  std::optional<wire::SeqLen> after_time_out;

  unsigned duplicates = 0;              ///< Duplicate ACKs in a row, as section 2 defines them.
  unsigned sure_duplicates = 0;         ///< Of these, those that the stack must act on.
  std::optional<std::uint16_t> window;  ///< The field of the latest ACK.
  unsigned segments = 0;                ///< Sent with new data since SND.UNA moved.
  /// SND.NXT when data was last sent again; fast retransmission is not due again before it.
  std::optional<wire::SeqNum> recover;
};

/// A congestion window that something called to reduce.
struct ShadowReduction {
  wire::SeqLen window = 0;  ///< It is at most this, and what was acknowledged since
  wire::SeqLen grown = 0;   ///< ShadowFlight::grown was this.
  wire::SeqNum from;        ///< It surely is when all before is acknowledged.
};

/// How the stack finds losses by time (RFC 8985).
struct ShadowRecovery {
  std::optional<base::Duration> rtt_least;  ///< No round trip that it measured was shorter.
  wire::SeqLen sacked = 0;                  ///< By the latest ACK.
  unsigned outstanding = 0;                 ///< Segments of new data since nothing was in flight.
  /// Section 6.2: rounds in which an ACK told of what came twice, as long as that counts.
  unsigned spurious = 0;
  wire::SeqNum spurious_round;    ///< The latest of these ends here,
  unsigned spurious_persist = 0;  ///< and counts for so many recoveries more, at least.
  unsigned probes = 0;            ///< Sent by the timer and not from SND.UNA, since the latest ACK.
  std::optional<wire::SeqNum> probe_end;  ///< One of what was sent before ends here.
  std::optional<ShadowReduction> reduced;
};

/// How the stack leaves slow start when the round trips grow longer (RFC 9406 section 4.2).
struct ShadowHyStart {
  /// What is in flight of one round, if all of it left at one instant.
  struct Round {
    std::optional<base::Instant> sent;
    bool at_once = true;
  };

  Round round;  ///< Its ACKs are coming.
  Round next;
  wire::SeqNum round_end;
  unsigned samples = 0;
  std::optional<base::Duration> least;  ///< Of the samples of this round,
  std::optional<base::Duration> last;   ///< and of all of the one before.
  std::optional<base::Duration> baseline;
  std::optional<ShadowReduction> slow;  ///< Conservative slow start has begun.
  unsigned slow_rounds = 0;
  std::optional<ShadowReduction> avoidance;  ///< It is over.
  unsigned avoidance_rounds = 0;
};

}  // namespace tcprove::monitor
