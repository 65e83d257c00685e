#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/wire/packet.hpp"

namespace tcprove::wire {

/// `s` counted from `base`, negative where it lies before it; raw where there is no base.
std::string number_words(SeqNum s, std::optional<SeqNum> base);

/// `none`, `ect1`, `ect0` or `ce`: the two ECN bits (RFC 3168 section 5).
std::string_view ecn_name(std::uint8_t traffic_class);

/// ` dscp=46 ecn=ce`: what a packet's IP header says and is not 0; empty for none.
std::string traffic_class_words(std::uint8_t traffic_class);

/// Where a segment's numbers are counted from: its sender's initial sequence number for SEQ, the
/// other side's for ACK.
struct NumberBase {
  std::optional<SeqNum> seq;
  std::optional<SeqNum> ack;
};

/// A segment in the scenario language, so that it can be pasted into one: `FIN,ACK seq=1 ack=101
/// wnd=5840`.
///
/// Left out are `ack` where the ACK bit is off and the field is 0, `len`, `up` and `reserved` where
/// they are 0, and, but on a SYN, the options that say nothing of this segment: padding and
/// timestamps.
std::string to_string(const Segment& segment, const NumberBase& base);

}  // namespace tcprove::wire
