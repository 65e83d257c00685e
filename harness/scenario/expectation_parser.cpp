#include "harness/scenario/expectation_parser.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/cursor.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/segment_parser.hpp"

namespace tcprove::scenario {
namespace {

using Action = std::variant<plan::Expect, plan::ExpectNothing>;

/// Whether `word` stands next, with a blank or the end behind it; reads past it then.
bool take_whole_word(Cursor& cursor, std::string_view word) {
  const std::size_t begin = cursor.position();
  if (cursor.take_word() == word) return true;
  cursor.move_to(begin);
  return false;
}

/// The range behind `within`: `1s..3s`, or `3s` for `0s..3s`.
std::optional<plan::Within> parse_within(Cursor& cursor) {
  cursor.skip_blanks();
  const std::size_t begin = cursor.position();
  std::optional<plan::Expr> first = parse_duration(cursor);
  if (!first) return std::nullopt;
  cursor.skip_blanks();
  plan::Within within{.from = {}, .to = *first};
  if (cursor.take("..")) {
    cursor.skip_blanks();
    std::optional<plan::Expr> last = parse_duration(cursor);
    if (!last) return std::nullopt;
    within = {.from = *std::move(first), .to = *std::move(last)};
  }
  if (within.from.is_constant() && within.to.is_constant() &&
      within.from.constant > within.to.constant) {
    cursor.error_since(begin, "this range ends before it begins");
    return std::nullopt;
  }
  return within;
}

std::optional<Action> parse_nothing(Cursor& cursor, std::size_t begin, bool exactly) {
  if (exactly) {
    cursor.error_since(begin, "exactly names a segment; nothing is expected by expect: nothing");
    return std::nullopt;
  }
  cursor.skip_blanks();
  const std::size_t word = cursor.position();
  if (!take_whole_word(cursor, "for")) {
    const bool within = take_whole_word(cursor, "within");
    cursor.skip_blanks();
    cursor.error(begin, within ? word + 6 : word, "nothing is expected for a time",
                 fmt::format("nothing for {}", within ? cursor.rest() : "500ms"));
    return std::nullopt;
  }
  cursor.skip_blanks();
  std::optional<plan::Expr> duration = parse_duration(cursor);
  if (!duration) return std::nullopt;
  return plan::ExpectNothing{*std::move(duration)};
}

std::optional<Action> parse_expected_segment(Cursor& cursor, bool exactly,
                                             const StepContext& context) {
  plan::Expect expect;
  expect.exactly = exactly;
  std::optional<plan::SegmentText> segment =
      parse_segment(cursor, {.use = exactly ? SegmentUse::Exact : SegmentUse::Expected,
                             .absolute_numbers = context.absolute_numbers});
  bool good = segment.has_value();
  if (segment) expect.segment = *std::move(segment);
  if (take_whole_word(cursor, "within")) {
    expect.within = parse_within(cursor);
    good = good && expect.within.has_value();
  }
  if (!good) return std::nullopt;
  return expect;
}

void read_lost(const Node& lost, Expectation& expectation, Problems& problems) {
  constexpr std::array<std::string_view, 2> kAnswers{"false", "true"};
  const std::optional<std::size_t> answer = read_word(lost, "lost", kAnswers, problems);
  auto* expect = std::get_if<plan::Expect>(&expectation.action);
  if (expect == nullptr) return problems.add(lost.place, "nothing cannot be lost");
  expect->lost = answer == 1;
  if (expect->lost) expectation.text += ", lost: true";
}

}  // namespace

std::optional<Expectation> parse_expectation(const Node& node, bool exactly, const Node* lost,
                                             const StepContext& context, Problems& problems) {
  const std::string_view verb = exactly ? "exactly" : "expect";
  if (read_text(node, verb, problems) == nullptr) return std::nullopt;
  const Phrase phrase(node, context.bindings);
  Cursor cursor(phrase, problems);
  cursor.skip_blanks();
  const std::size_t begin = cursor.position();
  std::optional<Action> action = take_whole_word(cursor, "nothing")
                                     ? parse_nothing(cursor, begin, exactly)
                                     : parse_expected_segment(cursor, exactly, context);
  cursor.skip_blanks();
  if (!action) return std::nullopt;
  if (!cursor.at_end()) {
    cursor.error_at_word("this does not belong to the expectation");
    return std::nullopt;
  }
  Expectation expectation{.action = *std::move(action),
                          .text = fmt::format("{}: {}", verb, phrase.text())};
  if (lost != nullptr) read_lost(*lost, expectation, problems);
  return expectation;
}

std::optional<Alternatives> parse_one_of(const Node& node, const StepContext& context,
                                         Problems& problems) {
  if (node.kind != Node::Kind::Sequence || node.items.empty()) {
    const bool empty = node.kind == Node::Kind::Sequence;
    problems.add(node.place, fmt::format("one-of is a list of expectations, not {}",
                                         empty ? "an empty one" : describe(node)));
    return std::nullopt;
  }
  Alternatives alternatives;
  for (const Node& item : node.items) {
    MapReader map(item, "an alternative", problems);
    const Node* expect = map.find("expect");
    const Node* exactly = map.find("exactly");
    const Node* lost = map.find("lost");
    const std::size_t before = problems.count();
    map.finish();
    if ((expect == nullptr) == (exactly == nullptr)) {
      // A key that is none was the attempt to name one.
      const bool reported = problems.count() != before || !map.is_map();
      if (!reported) problems.add(item.place, "an alternative is one expect or one exactly");
      continue;
    }
    std::optional<Expectation> expectation = parse_expectation(
        expect != nullptr ? *expect : *exactly, exactly != nullptr, lost, context, problems);
    if (!expectation) continue;
    alternatives.text += (alternatives.text.empty() ? "one-of: " : " | ") + expectation->text;
    alternatives.action.alternatives.push_back(std::move(expectation->action));
  }
  if (alternatives.action.alternatives.size() != node.items.size()) return std::nullopt;
  return alternatives;
}

}  // namespace tcprove::scenario
