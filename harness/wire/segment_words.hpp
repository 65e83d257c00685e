#pragma once

#include <string>

#include "harness/wire/packet.hpp"

namespace tcprove::wire {

/// Where a segment's numbers are counted from: its sender's initial sequence number for SEQ, the
/// other side's for ACK; 0 prints them raw.
struct NumberBase {
  SeqNum seq;
  SeqNum ack;
};

/// A segment in the scenario language, so that it can be pasted into one: `FIN,ACK seq=1 ack=101
/// len=5`.
///
/// `len` is left out where it is 0, `ack` where the ACK bit is off and the field is 0, `up` where
/// URG is off and the field is 0, options where there are none. `wnd` is named on request.
std::string to_string(const Segment& segment, NumberBase base, bool with_wnd = false);

/// As above, with the packet's flaws in parentheses; a packet without a readable segment prints as
/// `not a segment: …`.
std::string to_string(const Packet& packet, NumberBase base, bool with_wnd = false);

}  // namespace tcprove::wire
