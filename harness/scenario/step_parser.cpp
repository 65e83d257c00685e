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
#include "harness/scenario/icmp_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/reorder_parser.hpp"
#include "harness/scenario/user_option_parser.hpp"

namespace tcprove::scenario {
namespace {

enum class Verb : std::uint8_t {
  Send,
  Lose,
  Duplicate,
  Reorder,
  Call,
  Receive,
  Report,
  Urgent,
  Wait,
  Expect,
  Exactly,
  OneOf,
  State,
};

constexpr std::array<std::string_view, 13> kVerbNames{
    "send",   "lose", "duplicate", "reorder", "call",   "receive", "report",
    "urgent", "wait", "expect",    "exactly", "one-of", "state"};

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
      case Verb::Send:
        return parse_send(verb, {0});
      case Verb::Lose:
        return parse_send(verb, {});
      case Verb::Duplicate:
        return parse_send(verb, {0, 0});
      case Verb::Reorder:
        return parse_reordered();
      case Verb::Call:
        return parse_user_call();
      case Verb::Receive:
        return parse_received();
      case Verb::Report:
      case Verb::Urgent:
        return parse_told(verb);
      case Verb::Wait:
        return parse_wait();
      case Verb::Expect:
      case Verb::Exactly:
        return parse_expected(verb);
      case Verb::OneOf:
        return parse_alternatives();
      case Verb::State:
        return parse_states();
    }
  }

  void parse_send(Verb verb, std::vector<std::uint8_t> arrive) {
    if (verb == Verb::Send && is_icmp(*value_)) return parse_icmp_error();
    std::optional<plan::SegmentText> segment =
        parse_sent_segment(*value_, name_of(verb), context_, problems_);
    if (!segment) return;
    step_.text = fmt::format("{}: {}", name_of(verb), segment->text);
    step_.action = plan::Send{.sent = {*std::move(segment)}, .arrive = std::move(arrive)};
  }

  void parse_icmp_error() {
    std::optional<plan::SendIcmp> icmp = parse_icmp(*value_, context_, problems_);
    if (!icmp) return;
    step_.text = "send: " + Phrase(*value_, context_.bindings).text();
    step_.action = *std::move(icmp);
  }

  void parse_reordered() {
    std::optional<plan::Send> send = parse_reorder(*value_, context_, problems_);
    if (!send) return;
    step_.text = reorder_text(*send);
    step_.action = *std::move(send);
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

  /// `report` and `urgent`: what the user is told without a call of its own for it.
  void parse_told(Verb verb) {
    std::optional<plan::Call> call = verb == Verb::Report
                                         ? parse_report(*value_, context_, problems_)
                                         : parse_urgent(*value_, context_, problems_);
    if (!call) return;
    step_.text = fmt::format("{}: {}", name_of(verb), Phrase(*value_, context_.bindings).text());
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
        parse_expectation(*value_, verb == Verb::Exactly, lost_, context_, problems_);
    if (!expectation) return;
    step_.text = std::move(expectation->text);
    std::visit([this](auto& action) { step_.action = std::move(action); }, expectation->action);
  }

  void parse_alternatives() {
    std::optional<Alternatives> alternatives = parse_one_of(*value_, context_, problems_);
    if (!alternatives) return;
    step_.text = std::move(alternatives->text);
    step_.action = std::move(alternatives->action);
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
  constexpr std::array<std::string_view, 8> kObserving{"expect",  "exactly", "one-of", "state",
                                                       "receive", "report",  "urgent", "result"};
  return std::any_of(step.entries.begin(), step.entries.end(), [&](const Node::Entry& entry) {
    return std::find(kObserving.begin(), kObserving.end(), entry.key.text) != kObserving.end();
  });
}

}  // namespace tcprove::scenario
