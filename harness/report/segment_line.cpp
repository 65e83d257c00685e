#include "harness/report/segment_line.hpp"

#include <fmt/format.h>

#include "harness/wire/options.hpp"

namespace tcprove::report {
namespace {

/// Padding and timestamps are on every segment of a connection that has them, and hide the rest.
bool is_telling(const wire::Option& option) {
  return !std::holds_alternative<wire::NoOperation>(option) &&
         !std::holds_alternative<wire::EndOfList>(option) &&
         !std::holds_alternative<wire::Timestamps>(option);
}

/// SACK blocks lie in the sequence space of the side that the segment goes to.
std::string options_text(const wire::Segment& segment, wire::SeqNum base) {
  if (segment.ctl.has(wire::Flag::Syn)) return wire::options_to_string(segment.options, base);
  std::string text;
  wire::OptionReader reader(segment.options);
  while (const std::optional<wire::Option> option = reader.next()) {
    if (!is_telling(*option)) continue;
    if (!text.empty()) text += ',';
    text += wire::to_string(*option, base);
  }
  return text;
}

}  // namespace

std::string segment_line(const wire::Packet& packet, const Numbering& numbering,
                         trace::ConnectionIndex connection, Side sender) {
  if (!packet.has_segment()) return "not a TCP segment";
  const wire::Segment& segment = packet.segment;
  const Side receiver = other(sender);
  std::string text = fmt::format("{} seq={}", wire::to_string(segment.ctl),
                                 numbering.text(connection, sender, segment.seq));
  // Without ACK the field means nothing (RFC 9293 section 3.1); octets that stand there are told.
  if (segment.ctl.has(wire::Flag::Ack) || segment.ack.raw() != 0) {
    text += fmt::format(" ack={}", numbering.text(connection, receiver, segment.ack));
  }
  if (!segment.payload.empty()) text += fmt::format(" len={}", segment.payload.size());
  text += fmt::format(" wnd={}", segment.wnd);
  if (segment.ctl.has(wire::Flag::Urg) || segment.up != 0) {
    text += fmt::format(" up={}", segment.up);
  }
  if (segment.reserved != 0) text += fmt::format(" reserved={}", segment.reserved);
  const std::string options =
      options_text(segment, numbering.iss(connection, receiver).value_or(wire::SeqNum()));
  if (!options.empty()) text += fmt::format(" options=<{}>", options);
  return text;
}

}  // namespace tcprove::report
