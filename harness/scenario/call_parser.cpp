#include "harness/scenario/call_parser.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/ip_field_parser.hpp"
#include "harness/scenario/literal_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/user_option_parser.hpp"

namespace tcprove::scenario {
namespace {

using tcp::CallKind;
using tcp::CallStatus;

/// The answers that a stack gives; `unsupported` is the adapter's and stands last.
constexpr std::span<const std::string_view> answer_names() {
  return std::span(tcp::kCallStatusNames).first(tcp::kCallStatusCount - 1);
}

std::vector<CallStatus> parse_results(const Node& node, const StepContext& context,
                                      Problems& problems) {
  std::vector<CallStatus> results;
  for (const Node* item : read_texts(node, "result", problems)) {
    const Phrase phrase(*item, context.bindings);
    const auto status = tcp::parse_call_status(phrase.text());
    if (!status || *status == CallStatus::Unsupported) {
      problems.add(phrase.place(0, phrase.text().size()),
                   fmt::format("no call answers {}", in_quotes(phrase.text())),
                   base::nearest(phrase.text(), answer_names()));
      continue;
    }
    results.push_back(*status);
  }
  return results;
}

/// The calls that `call` makes; the others have steps of their own.
constexpr std::span<const std::string_view> call_names() {
  return std::span(tcp::kCallNames).first(static_cast<std::size_t>(CallKind::Report));
}

std::optional<CallKind> parse_kind(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  const std::string_view name = cursor.take_word();
  const auto known = std::find(call_names().begin(), call_names().end(), name);
  if (known != call_names().end()) {
    return static_cast<CallKind>(known - call_names().begin());
  }
  cursor.error_since(
      begin, fmt::format("the calls are {}, not {}", alternatives(call_names()), in_quotes(name)),
      base::nearest(name, call_names()));
  return std::nullopt;
}

/// What stands behind `send` and `receive`.
bool parse_argument(Cursor& cursor, plan::Call& call) {
  if (cursor.peek() == '"' && call.kind == CallKind::Receive) {
    cursor.error_at_word("call: receive counts octets; the step receive: \"…\" compares them");
    return false;
  }
  if (cursor.peek() == '"') {
    call.data = parse_quoted_octets(cursor);
    return call.data.has_value();
  }
  call.octets = parse_number(cursor, "the number of octets", 0, kCallOctetsMax);
  return call.octets.has_value();
}

/// `from=ADDRESS` and, where there is a peer, `to=ADDRESS`.
bool parse_addresses(Cursor& cursor, plan::Call& call) {
  const std::size_t problems = cursor.problem_count();
  if (cursor.take("from=")) call.from = parse_special_address(cursor);
  cursor.skip_blanks();
  if (call.kind == CallKind::Connect && cursor.take("to=")) {
    call.to = parse_special_address(cursor);
  }
  return cursor.problem_count() == problems;
}

std::optional<plan::Call> parse_word(const Phrase& phrase, Problems& problems) {
  const std::string_view word = phrase.text();
  plan::Call call{.kind = CallKind::Receive, .octets = {}, .data = {}, .results = {}};
  std::vector<std::string_view> words(answer_names().begin(), answer_names().end());
  words.push_back("nothing");
  const auto status =
      word == "nothing" ? std::optional(CallStatus::WouldBlock) : tcp::parse_call_status(word);
  if (status == CallStatus::Ok) {
    problems.add(phrase.place(0, word.size()), "how many octets is missing: receive: 1000");
    return std::nullopt;
  }
  if (!status || *status == CallStatus::Unsupported) {
    problems.add(phrase.place(0, word.size()),
                 fmt::format("RECEIVE does not answer {}", in_quotes(word)),
                 base::nearest(word, words));
    return std::nullopt;
  }
  call.results = {*status};
  return call;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

std::optional<plan::Call> parse_call(const Node& node, const Node* result,
                                     const StepContext& context, Problems& problems) {
  plan::Call call;
  bool good = true;
  call.results = {CallStatus::Ok};
  if (result != nullptr) {
    call.results = parse_results(*result, context, problems);
    good = !call.results.empty();
  }
  if (read_text(node, "call", problems) == nullptr) return std::nullopt;
  const Phrase phrase(node, context.bindings);
  Cursor cursor(phrase, problems);
  cursor.skip_blanks();
  const std::optional<CallKind> kind = parse_kind(cursor);
  if (!kind) return std::nullopt;
  call.kind = *kind;
  call.at_most = *kind == CallKind::Receive;
  cursor.skip_blanks();
  if (*kind == CallKind::Send || *kind == CallKind::Receive) {
    good = parse_argument(cursor, call) && good;
    cursor.skip_blanks();
  }
  if (*kind == CallKind::Send) call.urgent = cursor.take("urgent");
  if (*kind == CallKind::Set) good = parse_setting(cursor, call) && good;
  if (*kind == CallKind::Listen || *kind == CallKind::Connect) {
    good = parse_addresses(cursor, call) && good;
  }
  cursor.skip_blanks();
  if (good && !cursor.at_end()) {
    cursor.error_at_word(fmt::format("this does not belong to {}", tcp::to_string(*kind)));
    return std::nullopt;
  }
  return good ? std::optional(std::move(call)) : std::nullopt;
}

std::optional<plan::Call> parse_receive(const Node& node, const StepContext& context,
                                        Problems& problems) {
  plan::Call call{.kind = CallKind::Receive, .octets = {}, .data = {}, .results = {CallStatus::Ok}};
  if (read_text(node, "receive", problems) == nullptr) return std::nullopt;
  if (node.quote == '"' && !node.raw.empty()) {
    const Phrase phrase = Phrase::of_raw(node, context.bindings);
    Cursor cursor(phrase, problems);
    call.data = parse_quoted_octets(cursor);
    return call.data ? std::optional(std::move(call)) : std::nullopt;
  }
  if (node.quote != '\0') {
    problems.add(node.place, "octets stand on one line in double quotes");
    return std::nullopt;
  }
  const Phrase phrase(node, context.bindings);
  if (is_word(phrase.text())) return parse_word(phrase, problems);
  Cursor cursor(phrase, problems);
  call.octets = parse_number(cursor, "the number of octets", 0, kCallOctetsMax);
  if (call.octets && !cursor.at_end()) {
    cursor.error_at_word("this does not belong to receive");
    return std::nullopt;
  }
  return call.octets ? std::optional(std::move(call)) : std::nullopt;
}

}  // namespace tcprove::scenario
