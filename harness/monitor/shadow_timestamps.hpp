#pragma once

#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// Whether timestamp `a` is older than `b` (RFC 7323 section 5.2: on the circle of 2^32).
constexpr bool stamped_before(std::uint32_t a, std::uint32_t b) {
  return a != b && b - a < kHalfCircle;
}

/// What RFC 7323 has a connection remember where both SYNs carried timestamps.
struct ShadowTimestamps {
  bool known = false;              ///< The peer's SYN carried one, which is where TS.Recent begins.
  std::uint32_t recent_least = 0;  ///< TS.Recent is not older than this,
  std::uint32_t recent_most = 0;   ///< and not younger than this.
  std::optional<std::uint32_t> recent;  ///< What section 4.3 makes it; absent where unclear.
  base::Instant recent_since;           ///< `recent_least` was taken then.

  std::optional<wire::SeqNum> old_end;     ///< Segments too old to take reached up to here.
  std::optional<wire::SeqNum> bare_begin;  ///< What came in order without a timestamp begins here.

  /// One of the stack's own.
  struct Sent {
    std::uint32_t tsval = 0;
    base::Instant at;
  };
  std::optional<Sent> first;
  std::optional<Sent> latest;

  void begin(std::uint32_t syn, base::Instant at) {
    known = true;
    recent_least = recent_most = syn;
    recent = syn;
    recent_since = at;
    old_end = bare_begin = std::nullopt;
  }

  /// What TS.Recent is from here on nobody can tell.
  void lose() {
    known = false;
    old_end = bare_begin = std::nullopt;
  }

  /// Whether an ACK of `ack` can be explained by segments that were too old to take.
  [[nodiscard]] bool reached_by_old(wire::SeqNum ack) const {
    return old_end && !ahead(ack, *old_end);
  }
};

/// A TS.Recent that is older than this is not valid any more (RFC 7323 section 5.5).
inline constexpr base::Duration kRecentLifetime = std::chrono::hours(24 * 24);

}  // namespace tcprove::monitor
