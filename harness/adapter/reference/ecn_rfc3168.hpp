#pragma once

#include <cstdint>

#include "harness/wire/segment.hpp"

namespace tcprove::adapter::reference {

class Host;
struct Arrival;
struct StreamSegment;
struct Tcb;

inline constexpr std::uint8_t kEct0 = 2;  ///< What an ECN-capable sender marks its packets with.
inline constexpr std::uint8_t kCongestionExperienced = 3;

/// What a connection keeps of ECN (RFC 3168 section 6.1).
struct EcnState {
  bool asked = false;     ///< Our SYN set it up,
  bool declined = false;  ///< and another SYN of ours did not.
  bool peer_asked = false;
  bool agreed = false;
  bool echoes = false;   ///< A mark came, and no CWR since: every ACK has ECE.
  bool cwr_due = false;  ///< The congestion window was reduced: the next new text says so.
  bool waits = false;    ///< One segment was one too many: nothing new before the timer fires.
};

// Section 6.1.1.

/// What the SYN or SYN,ACK `ctl` that is sent now has of ECE and CWR.
wire::Flags ecn_setup_flags(const Host& host, Tcb& tcb, wire::Flags ctl);

/// What the SYN or SYN,ACK `ctl` of the peer's asks for or grants.
void take_ecn_setup(const Host& host, Tcb& tcb, wire::Flags ctl);

/// Section 6.1.1.1: a RST answered our SYN. Answers whether one without ECN is worth trying.
bool falls_back_from_ecn(Tcb& tcb);

// Sections 6.1.2, 6.1.4 to 6.1.6: the sender.

/// Whether the packet with `segment`, which has text, is sent as ECN-capable.
bool is_ecn_capable(const Host& host, const Tcb& tcb, const StreamSegment& segment);

/// CWR, where text that is sent now, for the `first_time` or again, is to have it.
wire::Flags reduced_flag(const Host& host, Tcb& tcb, bool first_time);

/// Whether `seg` tells of a mark that the peer has seen.
bool is_echo(const Tcb& tcb, const wire::Segment& seg);

/// Before its acknowledgment is taken: SND.UNA =< SEG.ACK =< SND.NXT.
void take_echo(Host& host, Tcb& tcb, const wire::Segment& seg);

/// The congestion window was reduced for a loss.
void note_reduction(const Host& host, Tcb& tcb);

// Sections 6.1.3, 6.1.5 and 6.1.6: the receiver.

/// Requires: the segment is acceptable.
void note_congestion_marks(const Host& host, Tcb& tcb, const Arrival& arrival);

/// ECE, where an ACK that is sent now is to have it.
wire::Flags echo_flag(const Host& host, Tcb& tcb);

}  // namespace tcprove::adapter::reference
