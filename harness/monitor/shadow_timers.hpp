#pragma once

#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// RFC 6298 section 2 leaves the clock's granularity G to the stack; none in use is coarser.
inline constexpr base::Duration kGranularityMax = std::chrono::milliseconds(500);

/// RFC 6298 sections 2.1 and 2.4: an RTO is at least this.
inline constexpr base::Duration kLeastRto = std::chrono::seconds(1);

/// RFC 6298 section 2.5: a bound on the RTO must be at least this.
inline constexpr base::Duration kLeastRtoBound = std::chrono::seconds(60);

/// What the stack's timers did beside FrontOfQueue.
struct ShadowTimers {
  base::Instant busy_since;  ///< Where una is not nxt: nothing was outstanding before.
  /// The SYN was sent again by a timer set to less than 3 s (RFC 6298 section 5.7).
  bool syn_timed_out_early = false;
  bool front_timed_out = false;  ///< The timer was why the front was sent again the last time.
  wire::SeqNum front_end;        ///< What was sent of the front the last time ends here.
  /// What the RTO was doubled to; absent where a round trip may have been measured since.
  std::optional<base::Duration> backed_off;
  unsigned keep_alives = 0;  ///< Sent since anything reached the stack.
  bool sampled = false;      ///< It must have measured a round trip.
  base::Instant heard;       ///< What it must have taken reached it then the last time.
};

/// A window that the peer has closed, and how it is probed (RFC 9293 section 3.8.6.1).
struct ShadowProbing {
  std::optional<base::Instant> closed_since;  ///< Absent where the window may be open.
  bool seen_open = false;                     ///< It surely was just before that.
  wire::SeqNum una;                           ///< SND.UNA since then.
  bool idle = false;                          ///< Nothing was outstanding then.
  unsigned sent = 0;                          ///< Probes.
  base::Instant last;                         ///< The latest one.
  base::Duration interval{};                  ///< Between the latest one and what came before it.
  bool answered = false;                      ///< Something reached the stack since.
};

}  // namespace tcprove::monitor
