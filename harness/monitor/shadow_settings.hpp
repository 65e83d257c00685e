#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/monitor/shadow_reports.hpp"

namespace tcprove::monitor {

/// What the user has set on the connection that it has (RFC 9293 section 3.9.1). What it sets
/// before an OPEN is here where the trace has no other connection.
struct ShadowSettings {
  bool listener_had_it = false;  ///< Somebody listens, and was meant by what was set so far.
  std::optional<std::uint8_t> dscp;
  bool dscp_changed = false;  ///< While the connection was open.
  std::optional<std::uint8_t> ttl;
  bool no_delay = false;

  bool keep_alive = false;
  bool keep_alive_was_off = false;               ///< It is off, and was switched off.
  std::optional<base::Duration> interval_least;  ///< Of keep-alives: of all that were set,
  std::optional<base::Duration> interval_most;   ///< and the other bound.

  std::optional<base::Duration> user_timeout;
  base::Instant user_timeout_since;

  /// What an interval of no length means is not said.
  void set_interval(base::Duration interval) {
    interval_least = std::min(interval_least.value_or(interval), interval);
    interval_most = std::max(interval_most.value_or(interval), interval);
    if (interval == base::Duration::zero()) interval_most.reset();
  }
};

}  // namespace tcprove::monitor
