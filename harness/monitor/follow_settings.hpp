#pragma once

#include <cstddef>

#include "harness/monitor/emission.hpp"
#include "harness/monitor/shadow_tcb.hpp"
#include "harness/trace/event.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::monitor {

// As follow.hpp, for what a user sets and is told (RFC 9293 sections 3.7 to 3.9).

/// The user has set an option of the connection's, and the stack took it.
void follow_setting(ShadowTcb& tcb, const trace::Event& event);

/// After anything happened to the connection: how long may it be idle without a keep-alive?
void owe_keep_alive(ShadowTcb& tcb, base::Instant at, std::size_t event);

/// Likewise: must what waits be sent because Nagle's algorithm is off?
void owe_undelayed_data(ShadowTcb& tcb, base::Instant at, std::size_t event);

// follow_windows.cpp: section 3.8.6.

/// After anything happened to the connection: must the FIN be sent?
void owe_fin(ShadowTcb& tcb, base::Instant at, std::size_t event);

/// The user has received: must the peer be told of the room?
void owe_window_update(ShadowTcb& tcb, base::Instant at, std::size_t event);

// follow_timers.cpp: RFC 6298.

/// An ACK of something new, before it is taken; `sure`: the stack must act on it.
void note_sample(ShadowTcb& tcb, const Arrival& arrival, bool sure);

/// The emission is the front of the queue, for the first time.
void owe_timeout(ShadowTcb& tcb, const Emission& emission);

// follow_reports.cpp: section 3.9.1.8.

/// An ICMP error about one of its segments reached the stack; `tcb` is as it was before.
void note_icmp(ShadowTcb& tcb, const wire::IcmpMessage& message);

/// The user has switched error reports on or off.
void note_reports_switch(ShadowTcb& tcb, bool on);

/// The user was told.
void follow_report(ShadowTcb& tcb, tcp::Report report);

/// A segment that reached the stack and points to urgent data; `tcb` is as it was before.
void follow_urgent(ShadowTcb& tcb, const Arrival& arrival, std::uint16_t up);

}  // namespace tcprove::monitor
