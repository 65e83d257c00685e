#include "harness/scenario/step_parser.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/call_parser.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/expectation_parser.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/literal_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/segment_parser.hpp"

namespace tcprove::scenario {
namespace {

enum class Verb : std::uint8_t {
  Send,
  Lose,
  Duplicate,
  Reorder,
  Call,
  Receive,
  Wait,
  Expect,
  Exactly,
  OneOf,
  State,
};

constexpr std::array<std::string_view, 11> kVerbNames{"send",    "lose",   "duplicate", "reorder",
                                                      "call",    "receive", "wait",     "expect",
                                                      "exactly", "one-of",  "state"};

constexpr std::string_view name_of(Verb verb) {
  return kVerbNames.at(static_cast<std::size_t>(verb));
}

/// Reads one step.
class StepParser {
 public:
  StepParser(const Node& node, const StepContext& context, Problems& problems)
      : node_(node), context_(context), problems_(problems), map_(node, "a step", problems) {}

  std::optional<plan::Step> parse() {
    const std::size_t before = problems_.count();
    const std::optional<Verb> verb = find_verb();
    const Node* on = map_.find("on");
    result_ = map_.find("result");
    lost_ = map_.find("lost");
    map_.finish();
    if (!verb) return std::nullopt;
    refuse_companions(*verb);
    if (on != nullptr) read_connection(*on);
    step_.line = value_->place.line;
    parse_verb(*verb);
    if (problems_.count() != before || !map_.is_map()) return std::nullopt;
    return std::move(step_);
  }

 private:
  /// Sets value_ to what stands behind the step's one verb.
  std::optional<Verb> find_verb() {
    std::optional<Verb> verb;
    for (std::size_t i = 0; i < kVerbNames.size(); ++i) {
      const Node* value = map_.find(kVerbNames.at(i));
      if (value == nullptr) continue;
      if (verb) {
        problems_.add(node_.place, fmt::format("a step has one verb; {} and {} are two steps",
                                               name_of(*verb), kVerbNames.at(i)));
      }
      verb = static_cast<Verb>(i);
      value_ = value;
    }
    // An unknown key is reported as such; a step of nothing else is not.
    if (!verb && map_.is_map() && has_companions_only()) {
      problems_.add(node_.place, "a step needs a verb, such as send or expect");
    }
    return verb;
  }

  [[nodiscard]] bool has_companions_only() const {
    return std::all_of(node_.entries.begin(), node_.entries.end(), [](const Node::Entry& entry) {
      return entry.key.text == "on" || entry.key.text == "result" || entry.key.text == "lost";
    });
  }

  void refuse_companions(Verb verb) {
    if (result_ != nullptr && verb != Verb::Call) {
      problems_.add(result_->place, verb == Verb::Receive
                                        ? "receive names its answer itself: receive: reset"
                                        : "result stands beside a call");
    }
    if (lost_ != nullptr && verb != Verb::Expect && verb != Verb::Exactly) {
      problems_.add(lost_->place, verb == Verb::Send
                                      ? "a segment of the peer is lost by the step lose"
                                      : "lost stands beside expect or exactly");
    }
  }

  void read_connection(const Node& on) {
    const std::string* name = read_text(on, "on", problems_);
    if (name == nullptr) return;
    if (context_.connections.empty()) {
      problems_.add(on.place, "a fragment is about the first connection only");
      return;
    }
    std::vector<std::string_view> names;
    for (const plan::Connection& connection : context_.connections) {
      if (connection.name == *name) step_.connection = static_cast<std::uint16_t>(names.size());
      names.push_back(connection.name);
    }
    if (std::find(names.begin(), names.end(), *name) == names.end()) {
      problems_.add(on.place, fmt::format("no connection is named {}", in_quotes(*name)),
                    base::nearest(*name, names));
    }
  }

  void parse_verb(Verb verb) {
    switch (verb) {
      case Verb::Send: return parse_send(verb, {0});
      case Verb::Lose: return parse_send(verb, {});
      case Verb::Duplicate: return parse_send(verb, {0, 0});
      case Verb::Reorder: return parse_reorder();
      case Verb::Call: return parse_user_call();
      case Verb::Receive: return parse_received();
      case Verb::Wait: return parse_wait();
      case Verb::Expect:
      case Verb::Exactly: return parse_expected(verb);
      case Verb::OneOf: return parse_alternatives();
      case Verb::State: return parse_states();
    }
  }

  std::optional<plan::SegmentText> parse_sent(const Node& node, std::string_view what) {
    if (read_text(node, what, problems_) == nullptr) return std::nullopt;
    const Phrase phrase(node, context_.bindings);
    Cursor cursor(phrase, problems_);
    return parse_segment(cursor, {.use = SegmentUse::Sent,
                                  .absolute_numbers = context_.absolute_numbers});
  }

  void parse_send(Verb verb, std::vector<std::uint8_t> arrive) {
    std::optional<plan::SegmentText> segment = parse_sent(*value_, name_of(verb));
    if (!segment) return;
    step_.text = fmt::format("{}: {}", name_of(verb), segment->text);
    step_.action = plan::Send{.sent = {*std::move(segment)}, .arrive = std::move(arrive)};
  }

  void parse_reorder() {
    MapReader map(*value_, "reorder", problems_);
    const Node* sent = map.require("sent");
    const Node* arrive = map.require("arrive");
    map.finish();
    if (sent == nullptr || arrive == nullptr) return;
    plan::Send send;
    parse_sent_list(*sent, send);
    parse_arrivals(*arrive, send);
    std::string segments;
    std::string arrivals;
    for (const plan::SegmentText& segment : send.sent) {
      segments += (segments.empty() ? "" : " | ") + segment.text;
    }
    for (const std::uint8_t index : send.arrive) {
      arrivals += (arrivals.empty() ? "" : ", ") + std::to_string(index + 1);
    }
    step_.text = fmt::format("reorder: {} arrive: {}", segments, arrivals);
    step_.action = std::move(send);
  }

  void parse_sent_list(const Node& list, plan::Send& send) {
    if (list.kind != Node::Kind::Sequence || list.items.empty()) {
      return problems_.add(list.place, "sent is a list of segments");
    }
    if (list.items.size() > kReorderedSegmentsMax) {
      return problems_.add(list.place, fmt::format("at most {} segments are reordered, not {}",
                                                   kReorderedSegmentsMax, list.items.size()));
    }
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (list.flow && i > 0 && is_cut_at_comma(list.items[i])) {
        problems_.add(list.items[i - 1].place,
                      "within [ ] a comma ends a text: quote each segment");
      }
      std::optional<plan::SegmentText> segment = parse_sent(list.items[i], "a segment of sent");
      if (segment) send.sent.push_back(*std::move(segment));
    }
  }

  /// `[FIN,ACK seq=1]` is two texts for YAML; nobody who means two writes them without a blank.
  [[nodiscard]] bool is_cut_at_comma(const Node& item) const {
    const std::string_view line = problems_.source().line(item.place.line);
    const int before = item.place.column - 2;
    return item.quote == '\0' && before >= 0 && line[static_cast<std::size_t>(before)] == ',';
  }

  void parse_arrivals(const Node& list, plan::Send& send) {
    if (list.kind != Node::Kind::Sequence) {
      return problems_.add(list.place, fmt::format("arrive is a list of numbers, not {}",
                                                   describe(list)));
    }
    if (list.items.size() > kArrivalsMax) {
      return problems_.add(list.place, fmt::format("at most {} segments arrive, not {}",
                                                   kArrivalsMax, list.items.size()));
    }
    // A segment that could not be read keeps its number.
    const std::size_t sent = value_->entries.empty() ? 0 : sent_count();
    for (const Node& item : list.items) {
      if (read_text(item, "an arrival", problems_) == nullptr) continue;
      const auto number =
          read_integer(Phrase(item, context_.bindings), "an arrival", 1, sent, problems_);
      if (number) send.arrive.push_back(static_cast<std::uint8_t>(*number - 1));
    }
  }

  [[nodiscard]] std::size_t sent_count() const {
    const auto sent =
        std::find_if(value_->entries.begin(), value_->entries.end(),
                     [](const Node::Entry& entry) { return entry.key.text == "sent"; });
    return sent == value_->entries.end() ? 0 : sent->value.items.size();
  }

  void parse_user_call() {
    std::optional<plan::Call> call = parse_call(*value_, result_, context_, problems_);
    if (!call) return;
    step_.text = "call: " + Phrase(*value_, context_.bindings).text();
    if (result_ != nullptr) {
      step_.text += ", result:";
      for (const tcp::CallStatus status : call->results) {
        step_.text += fmt::format(" {}", tcp::to_string(status));
      }
    }
    step_.action = *std::move(call);
  }

  void parse_received() {
    std::optional<plan::Call> call = parse_receive(*value_, context_, problems_);
    if (!call) return;
    const Phrase phrase = call->data ? Phrase::of_raw(*value_, context_.bindings)
                                     : Phrase(*value_, context_.bindings);
    step_.text = "receive: " + phrase.text();
    step_.action = *std::move(call);
  }

  void parse_wait() {
    if (read_text(*value_, "wait", problems_) == nullptr) return;
    const Phrase phrase(*value_, context_.bindings);
    Cursor cursor(phrase, problems_);
    cursor.skip_blanks();
    std::optional<plan::Expr> duration = parse_duration(cursor);
    cursor.skip_blanks();
    if (!duration) return;
    if (!cursor.at_end()) return cursor.error_at_word("this does not belong to the duration");
    step_.text = "wait: " + phrase.text();
    step_.action = plan::Wait{*std::move(duration)};
  }

  void parse_expected(Verb verb) {
    std::optional<Expectation> expectation =
        parse_expectation(*value_, verb == Verb::Exactly, context_, problems_);
    if (!expectation) return;
    read_lost(lost_, *expectation, problems_);
    step_.text = to_text(*expectation);
    std::visit([this](auto& action) { step_.action = std::move(action); }, *expectation);
  }

  void parse_alternatives() {
    std::optional<plan::OneOf> one_of = parse_one_of(*value_, context_, problems_);
    if (!one_of) return;
    for (const Expectation& alternative : one_of->alternatives) {
      step_.text += (step_.text.empty() ? "one-of: " : " | ") + to_text(alternative);
    }
    step_.action = *std::move(one_of);
  }

  void parse_states() {
    plan::ExpectState expected;
    for (const Node* item : read_texts(*value_, "state", problems_)) {
      const Phrase phrase(*item, context_.bindings);
      const std::optional<tcp::State> state = tcp::parse_state(phrase.text());
      if (!state) {
        problems_.add(phrase.place(0, phrase.text().size()),
                      fmt::format("there is no state {}", in_quotes(phrase.text())),
                      base::nearest(phrase.text(), tcp::kStateNames));
        continue;
      }
      expected.states.add(*state);
      step_.text += (step_.text.empty() ? "state: " : " or ") + phrase.text();
    }
    step_.action = expected;
  }

  const Node& node_;
  const StepContext& context_;
  Problems& problems_;
  MapReader map_;
  const Node* value_ = nullptr;
  const Node* result_ = nullptr;
  const Node* lost_ = nullptr;
  plan::Step step_;
};

}  // namespace

std::optional<plan::Step> parse_step(const Node& node, const StepContext& context,
                                     Problems& problems) {
  return StepParser(node, context, problems).parse();
}

bool is_observation(const Node& step) {
  constexpr std::array<std::string_view, 6> kObserving{"expect", "exactly", "one-of",
                                                       "state",  "receive", "result"};
  return std::any_of(step.entries.begin(), step.entries.end(), [&](const Node::Entry& entry) {
    return std::find(kObserving.begin(), kObserving.end(), entry.key.text) != kObserving.end();
  });
}

}  // namespace tcprove::scenario
