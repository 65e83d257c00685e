#pragma once

#include "harness/monitor/emission.hpp"
#include "harness/monitor/follow_companions.hpp"
#include "harness/monitor/follow_settings.hpp"
#include "harness/monitor/shadow_tcb.hpp"
#include "harness/trace/event.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::monitor {

// How each event of a trace changes what is known of its connection. No judgement is made here: an
// event that breaks a rule is followed as far as it can be, else the connection is not followed any
// more until it begins anew.

/// Long enough that some stack may have given up what did not get on: implementations limit
/// half-open and half-closed connections as they like, none known in less.
inline constexpr base::Duration kMayGiveUpAfter = std::chrono::seconds(10);

/// The least time for which a stack retransmits data before it may give up without being blamed by
/// rules that are not about giving up.
inline constexpr base::Duration kMayGiveUpDataAfter = std::chrono::seconds(30);

/// The least idle time after which keep-alives may end a connection (RFC 9293 MUST-28).
inline constexpr base::Duration kMayKeepAliveAfter = std::chrono::hours(2);

/// Challenge ACKs and RSTs may be rate limited (RFC 5961 section 7), so an answer that may be one
/// is demanded only once in this time.
inline constexpr base::Duration kAnswerDemandInterval = std::chrono::seconds(1);

/// The period of the limit that RFC 5961 section 7 gives as an example: 10 in 5 s.
inline constexpr base::Duration kAnswersLimitedFor = std::chrono::seconds(5);

/// A smaller MSS cannot be obeyed: 40 octets of options and 8 of data (RFC 9293 section 3.7.1 names
/// no least value).
inline constexpr std::uint16_t kLeastMssJudged = 48;

/// How long a TCP may keep an ACK back (RFC 9293 MUST-40).
inline constexpr base::Duration kAckDelayMax = std::chrono::milliseconds(500);

/// For how long challenge ACKs are counted, to see whether they are limited.
inline constexpr base::Duration kChallengePeriod = std::chrono::seconds(1);

/// What is outstanding and smaller fits every congestion window: one segment of the default MSS
/// (RFC 5681 section 3.1).
inline constexpr wire::SeqLen kLeastCongestionWindow = 536;

/// No retransmission time-out that a stack has measured is longer than this plus five times the
/// longest round trip: SRTT + 4 RTTVAR (RFC 6298 section 2), or the bound of section 2.5.
inline constexpr base::Duration kFirstRetransmissionMax = std::chrono::seconds(60);

/// The stack has taken this SYN of the peer's: its numbers are those of the connection.
void adopt_peer_syn(ShadowTcb& tcb, const Arrival& syn);

// follow_offered_window.cpp: SND.WND (section 3.10.7.4, fifth).

/// The peer's SYN gives the first window.
void begin_window(SendSide& snd, const Arrival& syn);

/// After its ACK was taken: the window that the segment offers. `sure`: the stack must take it.
void take_edge(ShadowTcb& tcb, const Arrival& arrival, bool sure);

/// What is outstanding must be sent again some time after `at`.
void owe_retransmission(ShadowTcb& tcb, base::Instant at, std::size_t event);

/// Time has passed: which states ended by themselves?
void age(ShadowTcb& tcb, const StackFacts& facts, base::Instant now);

/// A segment of the peer's reached the stack; where it is a SYN it is one that may be acknowledged.
void remember_syn(ShadowTcb& tcb, const Arrival& arrival);
/// A segment of the peer's, with `octets` of data, reached the stack.
void follow_arrival(ShadowTcb& tcb, const StackFacts& facts, const Arrival& arrival,
                    wire::Octets octets, Listening listening);

/// An ICMP error about one of its segments reached the stack (RFC 9293 section 3.9.2.2).
void follow_icmp(ShadowTcb& tcb, const wire::IcmpMessage& message, base::Instant at);

/// The stack emitted a segment.
void follow_emission(ShadowTcb& tcb, const StackFacts& facts, const Emission& emission);

// follow_timestamps.cpp: RFC 7323.

/// Whether the segment must be dropped for its timestamp (section 5.3, R1).
bool surely_too_old(const ShadowTcb& tcb, const Arrival& arrival);

/// Before its numbers are taken: what it does to TS.Recent.
void follow_peer_timestamp(ShadowTcb& tcb, const Arrival& arrival);

void follow_own_timestamp(ShadowTcb& tcb, const Emission& emission);

// follow_timers.cpp: RFC 6298 and RFC 9293 sections 3.8.3 to 3.8.6.1.

/// Whether the segment probes a window that is surely closed.
bool is_window_probe(const ShadowTcb& tcb, const Emission& emission);

/// Whether the segment is there to draw an ACK from an idle peer and cannot be a window probe.
bool is_keep_alive(const ShadowTcb& tcb, const Emission& emission);

/// Before its numbers are taken.
void follow_timers(ShadowTcb& tcb, const Emission& emission);

/// The front of the queue is acknowledged, in whole or in part, and is still what it was.
void follow_front_acknowledged(ShadowTcb& tcb, const Arrival& arrival);

/// After its numbers were taken: is the window closed?
void follow_window(ShadowTcb& tcb, const Arrival& arrival);

// follow_flight.cpp: RFC 5681.

/// What the peer's SYN told, or the default (RFC 9293 MUST-15).
wire::SeqLen peer_mss(const ShadowTcb& tcb);

/// The largest SMSS that the stack may have: it need not obey an MSS that is absurdly small.
wire::SeqLen largest_smss(const ShadowTcb& tcb);

/// After follow_timers() and before its numbers are taken.
void follow_flight(ShadowTcb& tcb, const Emission& emission);

/// An ACK of nothing that is beyond SND.NXT, before it is taken; `sure`: the stack must act on it.
void follow_flight_ack(ShadowTcb& tcb, const Arrival& arrival, bool sure);

// follow_windows.cpp: RFC 9293 section 3.8.6.

/// After anything happened to the connection: must what is queued be sent, or the window be probed?
void owe_queued_data(ShadowTcb& tcb, base::Instant at, std::size_t event);

/// Before its numbers are taken.
void follow_windows(ShadowTcb& tcb, const Emission& emission);

// follow_options.cpp: ECN and SACK.

/// Whether the reserved bits of the segment may be the one that Accurate ECN uses (RFC 9768); the
/// SYNs that agreed on it may be what a capture lacks.
bool may_be_accurate_ecn(const ShadowTcb& tcb, const Emission& emission, const StackFacts& facts);

void follow_peer_syn(ShadowTcb& tcb, const Arrival& syn);
void follow_own_options(ShadowTcb& tcb, const Emission& emission);

/// The listener that the connection came of may be gone, and with it what nobody has accepted.
void follow_end_of_listener(ShadowTcb& tcb);

/// The user has set an option of the connection, or of one that it may come of.
void follow_set(ShadowTcb& tcb, const trace::Event& event);

/// The user called, or was answered; `octets` are those offered or received, `index` the event's
/// place in the trace.
void follow_call(ShadowTcb& tcb, const StackFacts& facts, const trace::Event& event,
                 wire::Octets octets, std::size_t index);

}  // namespace tcprove::monitor
