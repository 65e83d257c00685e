#pragma once

#include "harness/monitor/emission.hpp"
#include "harness/monitor/shadow_tcb.hpp"

namespace tcprove::monitor {

// As follow.hpp, for what RFC 9293's companions add.

/// The congestion window is at most this, now that an ACK at `at` has opened it.
wire::SeqLen window_now(const ShadowTcb& tcb, base::Instant at);

/// The same if something calls for less: 15 % less at least (RFC 8511 section 3).
ShadowReduction reduction_now(const ShadowTcb& tcb, base::Instant at);

// follow_ecn.cpp: RFC 3168.

/// `taken`: the stack must have taken its text, in order.
void follow_marks(ShadowTcb& tcb, const Arrival& arrival, bool taken);

/// An ACK, after follow_flight_ack() and before it is taken; `sure`: the stack must act on it.
void follow_echo(ShadowTcb& tcb, const Arrival& arrival, bool sure);

/// Before its numbers are taken.
void follow_own_ecn(ShadowTcb& tcb, const Emission& emission);

// follow_recovery.cpp: RFC 8985; follow_hystart.cpp: RFC 9406. As follow_echo(), and before the
// numbers of an emission are taken.
void follow_recovery_ack(ShadowTcb& tcb, const StackFacts& facts, const Arrival& arrival,
                         bool sure);
void follow_recovery_emission(ShadowTcb& tcb, const StackFacts& facts, const Emission& emission);

/// Whether the timer sends it to find out whether the end of the flight was lost.
bool is_tail_probe(const ShadowTcb& tcb, const Emission& emission);

void follow_hystart_ack(ShadowTcb& tcb, const StackFacts& facts, const Arrival& arrival, bool sure);
void follow_hystart_emission(ShadowTcb& tcb, const StackFacts& facts, const Emission& emission);

// follow_source_route.cpp: RFC 9293 section 3.9.2.1.

void follow_source_route(ShadowTcb& tcb, const wire::Packet& packet, const Arrival& arrival);

/// The source route that a packet of the stack's is to take; empty where it has none.
Route route_of(const wire::Packet& packet);

}  // namespace tcprove::monitor
