#pragma once

#include <optional>

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor::rules {

/// How long the front of the queue has waited when the segment sends it again with no cause but
/// the timer; nothing where there is another.
std::optional<base::Duration> timer_interval(const Scene& scene);

/// Whether a segment may be sent again earlier than by the timer because the peer takes SACK (a
/// tail loss probe, RFC 8985 section 7).
bool may_probe_tail(const ShadowTcb& tcb);

}  // namespace tcprove::monitor::rules
