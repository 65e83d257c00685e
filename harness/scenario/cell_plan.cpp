#include "harness/scenario/cell_plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/blueprint.hpp"
#include "harness/scenario/cell_outcome.hpp"
#include "harness/scenario/compile.hpp"

namespace tcprove::scenario {
namespace {

using tcp::CallStatus;
using tcp::Capability;

/// The numbers after the SYNs are 0 on both sides.
constexpr std::uint32_t kIssThatWraps = 0xffff'ffff;

/// Where <SEQ=0> is expected the stack's own number must be known to count from it.
constexpr std::uint32_t kIssWhereZeroIsTold = 1'000;

struct EdgeCondition {
  std::string_view edge;
  When when;
};

/// Where a segment or its ACK lies tells which of the table's conditions hold.
constexpr std::array<EdgeCondition, 9> kEdgeConditions{{{"left-1", When::SeqLeftOfWindow},
                                                        {"left", When::SeqInWindow},
                                                        {"left+1", When::SeqInWindow},
                                                        {"inside", When::SeqInWindow},
                                                        {"right-1", When::SeqInWindow},
                                                        {"right", When::SeqAtRightEdge},
                                                        {"right", When::SeqBeyondWindow},
                                                        {"beyond", When::SeqBeyondWindow},
                                                        {"older", When::AckBelowUna}}};

bool uses(const Node& node, std::string_view variable) {
  return node.text.find(variable) != std::string::npos ||
         std::ranges::any_of(node.items, [&](const Node& n) { return uses(n, variable); }) ||
         std::ranges::any_of(node.entries,
                             [&](const Node::Entry& e) { return uses(e.value, variable); });
}

std::vector<When> conditions_of(const Trial& trial) {
  std::vector<When> holds = trial.way->holds;
  holds.insert(holds.end(), trial.stimulus->holds.begin(), trial.stimulus->holds.end());
  if (trial.edge != nullptr) {
    for (const EdgeCondition& condition : kEdgeConditions) {
      if (condition.edge == trial.edge->name) holds.push_back(condition.when);
    }
  }
  if (trial.ack != nullptr) {
    const auto known = std::ranges::find(kWhenNames, trial.ack->name);
    if (known != kWhenNames.end()) holds.push_back(static_cast<When>(known - kWhenNames.begin()));
  }
  // Without RFC 5961 in the scenario's needs the stack may or may not implement it.
  if (trial.rfc5961) holds.push_back(When::ChallengeAck);
  if (trial.rfc5961 == false) holds.push_back(When::NoChallengeAck);
  return holds;
}

bool answers_with_zero(const StateEventRow& row) {
  return std::ranges::any_of(row.outcome.replies, [](const Reply& reply) {
    return std::ranges::any_of(reply.segments, [](const ReplySegment& segment) {
      return segment.seq == ReplyNumber::Zero;
    });
  });
}

/// Whether it makes a difference to the row if the stack implements RFC 5961.
bool depends_on_rfc5961(const StateEventRow& row, const Trial& trial) {
  std::vector<When> holds = conditions_of(trial);
  return std::ranges::any_of(row.alternatives, [&](const Alternative& a) {
    bool depends = false;
    const bool else_holds = std::ranges::all_of(a.when, [&](When when) {
      const bool is_it = when == When::ChallengeAck || when == When::NoChallengeAck;
      depends |= is_it;
      return is_it || std::ranges::find(holds, when) != holds.end();
    });
    return depends && else_holds && a.kind != Alternative::Kind::Deviation;
  });
}

/// `expr` with the numbers that the stack may move before it is evaluated.
void settle(std::optional<plan::Expr>& expr, std::int64_t rcv_nxt, std::int64_t snd_nxt) {
  if (!expr) return;
  std::erase_if(expr->terms, [&](const plan::Expr::Term& term) {
    const bool rcv = term.symbol == plan::Symbol::RcvNxt;
    if ((!rcv && term.symbol != plan::Symbol::SndNxt) || term.divisor != 1) return false;
    expr->constant += term.coefficient * (rcv ? rcv_nxt : snd_nxt);
    return true;
  });
}

/// What the table allows in a trial. A stack may have room for more than its window's 16 bits say,
/// so what lies just past the right edge may be taken for inside.
Allowed allowed_in(const Trial& trial, const StateEventTable& table, tcp::Cell cell) {
  std::vector<When> holds = conditions_of(trial);
  Allowed allowed = allowed_by(table.row(cell), holds);
  if (!trial.stimulus->at_right || trial.edge == nullptr || trial.edge->name != "right") {
    return allowed;
  }
  std::erase(holds, When::SeqAtRightEdge);
  std::erase(holds, When::SeqBeyondWindow);
  for (const When when : {When::SeqInWindow, When::ChallengeAck, When::NoChallengeAck}) {
    holds.push_back(when);
  }
  cell.event = *trial.stimulus->at_right;
  allowed.add(allowed_by(table.row(cell), holds));
  return allowed;
}

/// Builds the steps of one trial.
class TrialPlan {
 public:
  TrialPlan(const StateEventRow& row, const Stimuli& stimuli, const Trial& trial, Allowed allowed,
            plan::Plan& plan)
      : row_(row), stimuli_(stimuli), trial_(trial), allowed_(std::move(allowed)), plan_(plan) {}

  void build() {
    add(trial_.way->steps, Stimuli::kWays);
    add(trial_.stimulus->before, Stimuli::kStimuli);
    plan_.way_steps = plan_.steps.size();
    add_event();
    if (!trial_.stimulus->unheard) add_reply();
    add_state();
    add_what_the_user_is_told();
    const auto next = allowed_.only_next();
    if (!trial_.stimulus->proof.empty()) {
      add(trial_.stimulus->proof, Stimuli::kStimuli);
    } else if (next) {
      add(stimuli_.probes.at(static_cast<std::size_t>(*next)), Stimuli::kProbes);
    }
  }

 private:
  void add(const StepNodes& nodes, Stimuli::File file) {
    const auto text_of = [](const NamedValue* value) -> std::string_view {
      return value != nullptr ? std::string_view(value->text) : "0";
    };
    const std::string_view edge = text_of(trial_.edge);
    const std::string_view ack = text_of(trial_.ack);
    for (const Node* node : nodes) plan_.steps.push_back(stimuli_.step(*node, file, edge, ack));
  }

  [[nodiscard]] std::int64_t rcv_nxt() const { return trial_.way->rcv_nxt; }
  [[nodiscard]] std::int64_t snd_nxt() const { return trial_.way->snd_nxt + trial_.stimulus->sent; }

  void add_event() {
    const std::size_t first = plan_.steps.size();
    add(trial_.stimulus->steps, Stimuli::kStimuli);
    for (std::size_t i = first; i < plan_.steps.size(); ++i) {
      plan::Step& step = plan_.steps[i];
      if (auto* send = std::get_if<plan::Send>(&step.action)) {
        arriving_ = send->sent.front();
        for (auto* field : {&arriving_->seq, &arriving_->ack, &arriving_->len}) {
          settle(*field, rcv_nxt(), snd_nxt());
        }
      }
      auto* call = std::get_if<plan::Call>(&step.action);
      if (call == nullptr || !tcp::is_call(row_.cell.event)) continue;
      call->results.clear();
      for (const std::string& word : allowed_.user) {
        if (const auto status = tcp::parse_call_status(word)) call->results.push_back(*status);
      }
      if (call->results.empty()) call->results = {CallStatus::Ok};
    }
  }

  /// A step that stands in the table's row.
  void add_own(decltype(plan::Step::action) action, std::string text) {
    plan::Step step;
    step.action = std::move(action);
    step.line = row_.line;
    step.text = std::move(text);
    plan_.steps.push_back(std::move(step));
  }

  void add_reply() {
    std::string replies;
    for (const Reply& reply : allowed_.replies) {
      if (replies.find(reply.text) != std::string::npos) continue;
      replies += (replies.empty() ? "" : " or ") + reply.text;
    }
    std::string text = fmt::format("expect: {} ({} in {}, {})", replies, to_string(row_.cell.event),
                                   to_string(row_.cell.state), row_.section);
    for (const std::string& deviation : allowed_.deviations) {
      text += fmt::format("; seen in stacks: {}", deviation);
    }
    const ReplyContext context{.arriving = arriving_ ? &*arriving_ : nullptr,
                               .rcv_nxt = own_rcv_nxt(),
                               .snd_nxt = {.constant = snd_nxt()},
                               .zero = {.constant = -std::int64_t{plan_.stack_iss.value_or(0)}},
                               .data = trial_.stimulus->data,
                               .within = trial_.stimulus->within};
    std::visit([&](auto action) { add_own(std::move(action), text); },
               expectation_of(allowed_.replies, context));
  }

  /// How much a stack took before it closed its window is its own choice: up to what the peer sent
  /// before the event's one octet.
  [[nodiscard]] plan::Expr own_rcv_nxt() const {
    if (row_.cell.event != tcp::EventClass::RcvWndZero || trial_.stimulus->before.empty()) {
      return {.constant = rcv_nxt()};
    }
    return {.constant = -1, .terms = {{.symbol = plan::Symbol::PeerNxt}}};
  }

  void add_state() {
    std::string names;
    for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
      if (!allowed_.next.has(static_cast<tcp::State>(i))) continue;
      names += (names.empty() ? "" : " or ") + std::string(tcp::kStateNames.at(i));
    }
    add_own(plan::ExpectState{allowed_.next}, "state: " + names);
    if (row_.cell.event == tcp::EventClass::Status) plan_.needs.add(Capability::Introspection);
  }

  /// A connection that has ended tells its user why, where the row says so.
  void add_what_the_user_is_told() {
    const bool event_ends =
        !tcp::is_call(row_.cell.event) && allowed_.only_next() == tcp::State::Closed;
    const bool has_no_handle =
        row_.cell.state == tcp::State::SynReceived && trial_.way->role == plan::Role::Passive;
    if (!event_ends || has_no_handle || allowed_.user.empty()) return;
    plan::Call call;
    call.kind = tcp::CallKind::Receive;
    for (const std::string& word : allowed_.user) {
      const auto status = tcp::parse_call_status(word);
      if (!status) return;
      call.results.push_back(*status);
    }
    add_own(std::move(call), fmt::format("receive: {}", fmt::join(allowed_.user, " or ")));
  }

  const StateEventRow& row_;
  const Stimuli& stimuli_;
  const Trial& trial_;
  Allowed allowed_;
  plan::Plan& plan_;
  std::optional<plan::SegmentText> arriving_;
};

void add_trials(const StateEventRow& row, const WayIn& way, const Stimuli& stimuli,
                std::vector<Trial>& trials) {
  Trial trial;
  trial.way = &way;
  trial.stimulus = stimuli.find(row.cell, way);
  if (trial.stimulus == nullptr || !trial.stimulus->unreachable.empty()) {
    trial.unreachable = trial.stimulus == nullptr ? "no stimulus is described for this way"
                                                  : trial.stimulus->unreachable;
    trials.push_back(std::move(trial));
    return;
  }
  std::vector<const NamedValue*> edges;
  for (const NamedValue& edge : trial.stimulus->edges) edges.push_back(&edge);
  if (edges.empty()) edges = {nullptr};
  std::vector<const NamedValue*> acks;
  const bool acks_used =
      std::ranges::any_of(trial.stimulus->steps, [](const Node* n) { return uses(*n, "${ack}"); });
  for (const NamedValue& ack : way.acks) acks.push_back(&ack);
  if (!acks_used) acks = {nullptr};
  for (const NamedValue* edge : edges) {
    for (const NamedValue* ack : acks) {
      trial.edge = edge;
      trial.ack = ack;
      trial.rfc5961.reset();
      std::vector<std::optional<bool>> mitigations{std::nullopt};
      if (depends_on_rfc5961(row, trial)) mitigations = {true, false};
      for (const std::optional<bool>& mitigation : mitigations) {
        trial.rfc5961 = mitigation;
        for (const bool wraps : {false, true}) {
          trial.wraps = wraps;
          trials.push_back(trial);
        }
      }
    }
  }
}

}  // namespace

std::string Trial::name() const {
  std::string text = way == nullptr ? std::string() : fmt::format("way={}", way->name);
  if (edge != nullptr) text += fmt::format(",edge={}", edge->name);
  if (ack != nullptr && way->acks.size() > 1) text += fmt::format(",ack={}", ack->name);
  if (rfc5961) text += *rfc5961 ? ",rfc5961=yes" : ",rfc5961=no";
  if (unreachable.empty()) text += wraps ? ",iss=wrap" : ",iss=low";
  return text;
}

std::vector<Trial> trials_of(const StateEventRow& row, const Stimuli& stimuli) {
  std::vector<Trial> trials;
  if (!row.impossible.empty()) {
    trials.emplace_back().unreachable = fmt::format("cannot occur: {}", row.impossible);
    return trials;
  }
  for (const WayIn& way : stimuli.ways) {
    if (way.state == row.cell.state) add_trials(row, way, stimuli, trials);
  }
  return trials;
}

CellPlans::CellPlans(std::shared_ptr<const StateEventTable> table,
                     std::shared_ptr<const Stimuli> stimuli, tcp::Cell cell)
    : table_(std::move(table)),
      stimuli_(std::move(stimuli)),
      row_(table_->row(cell)),
      trials_(trials_of(row_, *stimuli_)) {}

plan::Plan CellPlans::plan(const Choice& choice) const {
  const Trial& trial = trials_.at(choice.variables.front());
  plan::Plan plan;
  plan.files = {row_.file};
  for (const SourcePtr& source : stimuli_->sources) plan.files.push_back(source->file());
  plan.role = choice.role;
  plan.ip = choice.ip;
  plan.needs.add(choice.ip == wire::IpVersion::V4 ? Capability::Ipv4 : Capability::Ipv6);
  plan.peer_iss = trial.wraps ? kIssThatWraps : plan::Plan::kPeerIss;
  const bool passive = choice.role == plan::Role::Passive;
  plan.connections = {{.name = "a",
                       .stack_port = passive ? kStackPort : std::uint16_t{0},
                       .peer_port = kFirstPeerPort}};
  plan::OptionText& mss = plan.peer.syn_options.emplace_back();
  mss.kind = 2;
  mss.data = {0x05, 0xb4};  // 1460, as where a scenario says nothing.
  plan.unreachable = trial.unreachable;
  if (!trial.unreachable.empty()) return plan;
  if (trial.wraps) {
    plan.stack_iss = kIssThatWraps;
  } else if (answers_with_zero(row_)) {
    plan.stack_iss = kIssWhereZeroIsTold;
  }
  if (plan.stack_iss) plan.needs.add(Capability::SetIss);
  if (trial.rfc5961 == true) plan.needs.add(Capability::ChallengeAck);
  TrialPlan(row_, *stimuli_, trial, allowed_in(trial, *table_, row_.cell), plan).build();
  add_needs_of_steps(plan);
  return plan;
}

}  // namespace tcprove::scenario
