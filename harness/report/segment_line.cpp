#include "harness/report/segment_line.hpp"

#include "harness/wire/segment_words.hpp"

namespace tcprove::report {

std::string segment_line(const wire::Packet& packet, const Numbering& numbering,
                         trace::ConnectionIndex connection, Side sender) {
  if (!packet.has_segment()) return "not a TCP segment";
  return wire::to_string(packet.segment, {.seq = numbering.iss(connection, sender),
                                          .ack = numbering.iss(connection, other(sender))}) +
         wire::traffic_class_words(packet.traffic_class);
}

}  // namespace tcprove::report
