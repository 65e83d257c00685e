#include "harness/scenario/reorder_parser.hpp"

#include <utility>

#include <fmt/format.h>

#include "harness/scenario/cursor.hpp"
#include "harness/scenario/literal_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/segment_parser.hpp"

namespace tcprove::scenario {
namespace {

/// `[FIN,ACK seq=1]` is two texts for YAML; nobody who means two writes them without a blank.
bool is_cut_at_comma(const Node& item, const Source& source) {
  const std::string_view line = source.line(item.place.line);
  const auto before = static_cast<std::size_t>(item.place.column) - 2;
  return item.quote == '\0' && before < line.size() && line[before] == ',';
}

bool parse_sent(const Node& list, const StepContext& context, Problems& problems,
                plan::Send& send) {
  if (list.kind != Node::Kind::Sequence || list.items.empty() ||
      list.items.size() > kReorderedSegmentsMax) {
    problems.add(list.place,
                 fmt::format("sent is a list of 1 to {} segments", kReorderedSegmentsMax));
    return false;
  }
  bool good = true;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (list.flow && i > 0 && is_cut_at_comma(list.items[i], problems.source())) {
      problems.add(list.items[i - 1].place, "within [ ] a comma ends a text: quote each segment");
      good = false;
    }
    auto segment = parse_sent_segment(list.items[i], "a segment of sent", context, problems);
    good = good && segment.has_value();
    if (segment) send.sent.push_back(*std::move(segment));
  }
  return good;
}

/// `count`: how many segments are sent.
bool parse_arrive(const Node& list, std::size_t count, const StepContext& context,
                  Problems& problems, plan::Send& send) {
  if (list.kind != Node::Kind::Sequence || list.items.size() > kArrivalsMax) {
    problems.add(list.place, fmt::format("arrive is a list of at most {} numbers", kArrivalsMax));
    return false;
  }
  bool good = true;
  for (const Node& item : list.items) {
    if (read_text(item, "an arrival", problems) == nullptr) return false;
    const auto number =
        read_integer(Phrase(item, context.bindings), "an arrival", 1, count, problems);
    good = good && number.has_value();
    if (number) send.arrive.push_back(static_cast<std::uint8_t>(*number - 1));
  }
  return good;
}

}  // namespace

std::optional<plan::SegmentText> parse_sent_segment(const Node& node, std::string_view what,
                                                    const StepContext& context,
                                                    Problems& problems) {
  if (read_text(node, what, problems) == nullptr) return std::nullopt;
  const Phrase phrase(node, context.bindings);
  Cursor cursor(phrase, problems);
  return parse_segment(cursor,
                       {.use = SegmentUse::Sent, .absolute_numbers = context.absolute_numbers});
}

std::optional<plan::Send> parse_reorder(const Node& node, const StepContext& context,
                                        Problems& problems) {
  MapReader map(node, "reorder", problems);
  const Node* sent = map.require("sent");
  const Node* arrive = map.require("arrive");
  map.finish();
  if (sent == nullptr || arrive == nullptr) return std::nullopt;
  plan::Send send;
  const bool sent_good = parse_sent(*sent, context, problems, send);
  const bool arrive_good = parse_arrive(*arrive, sent->items.size(), context, problems, send);
  return sent_good && arrive_good ? std::optional(std::move(send)) : std::nullopt;
}

std::string reorder_text(const plan::Send& send) {
  std::string text = "reorder: ";
  for (std::size_t i = 0; i < send.sent.size(); ++i) {
    text += (i == 0 ? "" : " | ") + send.sent[i].text;
  }
  text += ", arrive:";
  for (const std::uint8_t index : send.arrive) text += fmt::format(" {}", index + 1);
  return text;
}

}  // namespace tcprove::scenario
