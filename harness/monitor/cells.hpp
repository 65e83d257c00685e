#pragma once

#include "harness/monitor/emission.hpp"
#include "harness/monitor/shadow_tcb.hpp"
#include "harness/tcp/cell_set.hpp"
#include "harness/trace/event.hpp"

namespace tcprove::monitor {

// Which cells of the state × event table an event exercises: none unless the connection's state and
// the event's class are certain. Events that a state does not tell apart are one, and exercise all
// of their cells: in CLOSED, where there is no window, a RST is exact, inside and outside at once.
//
// Requires of each: `tcb` is as it was before the event.

/// A segment of the peer's reached the stack.
tcp::CellSet cells_of_arrival(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& arrival,
                              Listening listening);

/// The user called. `accepted`: the connection has been accepted, so it has a handle of its own.
tcp::CellSet cells_of_call(const ShadowTcb& tcb, const StackFacts& facts,
                           const trace::Event& called, Listening listening, bool accepted);

/// A call was answered: with "connection aborted due to user timeout"?
tcp::CellSet cells_of_answer(const ShadowTcb& tcb, const StackFacts& facts,
                             const trace::Event& answered);

/// The stack said its state: STATUS.
tcp::CellSet cells_of_status(const ShadowTcb& tcb, const StackFacts& facts, base::Instant now,
                             Listening listening);

/// The stack emitted: did its retransmission time-out expire?
tcp::CellSet cells_of_emission(const ShadowTcb& tcb, const StackFacts& facts,
                               const Emission& emission);

/// Time has passed up to `now`: did TIME-WAIT end?
tcp::CellSet cells_of_time(const ShadowTcb& tcb, const StackFacts& facts, base::Instant now);

}  // namespace tcprove::monitor
