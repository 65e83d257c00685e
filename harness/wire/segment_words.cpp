#include "harness/wire/segment_words.hpp"

#include <array>
#include <iterator>

#include <fmt/format.h>

#include "harness/wire/options.hpp"

namespace tcprove::wire {
namespace {

/// Padding and timestamps are on every segment of a connection that has them, and hide the rest.
bool is_telling(const Option& option) {
  return !std::holds_alternative<NoOperation>(option) &&
         !std::holds_alternative<EndOfList>(option) && !std::holds_alternative<Timestamps>(option);
}

/// SACK blocks lie in the sequence space of the side that the segment goes to, as its ACK does.
std::string options_words(const Segment& segment, SeqNum base) {
  if (segment.ctl.has(Flag::Syn)) return options_to_string(segment.options, base);
  std::string text;
  OptionReader reader(segment.options);
  while (const std::optional<Option> option = reader.next()) {
    if (!is_telling(*option)) continue;
    if (!text.empty()) text += ',';
    text += to_string(*option, base);
  }
  return text;
}

}  // namespace

std::string number_words(SeqNum s, std::optional<SeqNum> base) {
  if (!base) return std::to_string(s.raw());
  return std::to_string(static_cast<std::int32_t>(distance(*base, s)));
}

std::string_view ecn_name(std::uint8_t traffic_class) {
  static constexpr std::array<std::string_view, 4> kNames{"none", "ect1", "ect0", "ce"};
  return kNames.at(traffic_class % kNames.size());
}

std::string traffic_class_words(std::uint8_t traffic_class) {
  constexpr int kEcnValues = 4;
  std::string words;
  if (traffic_class / kEcnValues != 0) words += fmt::format(" dscp={}", traffic_class / kEcnValues);
  if (traffic_class % kEcnValues != 0) words += fmt::format(" ecn={}", ecn_name(traffic_class));
  return words;
}

std::string to_string(const Segment& segment, const NumberBase& base) {
  std::string text =
      fmt::format("{} seq={}", to_string(segment.ctl), number_words(segment.seq, base.seq));
  auto out = std::back_inserter(text);
  // Without ACK the field means nothing (RFC 9293 section 3.1), but one that is not 0 is told.
  if (segment.ctl.has(Flag::Ack) || segment.ack != SeqNum()) {
    fmt::format_to(out, " ack={}", number_words(segment.ack, base.ack));
  }
  if (!segment.payload.empty()) fmt::format_to(out, " len={}", segment.payload.size());
  fmt::format_to(out, " wnd={}", segment.wnd);
  if (segment.ctl.has(Flag::Urg) || segment.up != 0) fmt::format_to(out, " up={}", segment.up);
  if (segment.reserved != 0) fmt::format_to(out, " reserved={}", segment.reserved);
  const std::string options = options_words(segment, base.ack.value_or(SeqNum()));
  if (!options.empty()) fmt::format_to(out, " options=<{}>", options);
  return text;
}

}  // namespace tcprove::wire
