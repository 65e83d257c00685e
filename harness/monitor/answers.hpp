#pragma once

#include "harness/monitor/shadow_tcb.hpp"

namespace tcprove::monitor {

/// The answer that a segment calls for in each state that the stack may be in; an empty one where
/// they differ, where the RFC leaves it open, or where the segment is no plain one.
///
/// Data in order, and a SYN,ACK in SYN-SENT, are not here: their ACK may wait (section 3.8.6.3).
///
/// Requires: `tcb` is as it was before the segment.
Answer answer_to(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& arrival,
                 Listening listening);

/// Whether RFC 7323 section 5.3 lets the segment pass, where timestamps are in use.
bool timestamp_passes(const ShadowTcb& tcb, const Arrival& arrival);

}  // namespace tcprove::monitor
