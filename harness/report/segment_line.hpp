#pragma once

#include <string>

#include "harness/report/numbering.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::report {

/// A packet in the scenario language, so that a reader can paste it into one:
/// `FIN,ACK seq=1 ack=1 len=100 wnd=5840`.
///
/// Options stand on SYNs; on other segments those alone that say something of this one (not
/// timestamps and padding). What is no TCP segment says so and how long it is.
std::string segment_line(const wire::Packet& packet, const Numbering& numbering,
                         trace::ConnectionIndex connection, Side sender);

}  // namespace tcprove::report
