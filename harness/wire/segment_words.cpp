#include "harness/wire/segment_words.hpp"

#include <iterator>

#include <fmt/format.h>

#include "harness/wire/options.hpp"

namespace tcprove::wire {

std::string to_string(const Segment& segment, NumberBase base, bool with_wnd) {
  std::string text = to_string(segment.ctl);
  auto out = std::back_inserter(text);
  fmt::format_to(out, " seq={}", distance(base.seq, segment.seq));
  if (segment.ctl.has(Flag::Ack)) {
    fmt::format_to(out, " ack={}", distance(base.ack, segment.ack));
  } else if (segment.ack != SeqNum()) {
    fmt::format_to(out, " ack={}", segment.ack.raw());
  }
  if (!segment.payload.empty()) fmt::format_to(out, " len={}", segment.payload.size());
  if (with_wnd) fmt::format_to(out, " wnd={}", segment.wnd);
  if (segment.ctl.has(Flag::Urg) || segment.up != 0) fmt::format_to(out, " up={}", segment.up);
  if (segment.reserved != 0) fmt::format_to(out, " reserved={}", segment.reserved);
  if (!segment.options.empty()) {
    // SACK blocks name what the sender received, so they count as its ACK does.
    fmt::format_to(out, " options=<{}>", options_to_string(segment.options, base.ack));
  }
  return text;
}

std::string to_string(const Packet& packet, NumberBase base, bool with_wnd) {
  if (!packet.has_segment()) return "not a segment: " + to_string(packet.flaws);
  std::string text = to_string(packet.segment, base, with_wnd);
  if (!packet.flaws.none()) text += " (" + to_string(packet.flaws) + ")";
  return text;
}

}  // namespace tcprove::wire
