#include "harness/engine/player.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "harness/engine/peer.hpp"
#include "harness/engine/user_plane.hpp"
#include "harness/wire/segment_words.hpp"

namespace tcprove::engine {
namespace {

using base::Duration;
using base::Instant;

/// The link that every play happens on (RFC 5737, RFC 3849: addresses for documentation).
adapter::ResetOptions link(wire::IpVersion ip, std::uint64_t seed) {
  const bool v4 = ip == wire::IpVersion::V4;
  wire::IpAddress stack{.version = ip, .octets = {192, 0, 2, 1}};
  if (!v4) stack.octets = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  wire::IpAddress peer = stack;
  peer.octets.at(v4 ? 3 : 15) = 2;
  return {.seed = seed, .ip = ip, .stack = stack, .peer = peer};
}

std::string names_of(const tcp::States& states) {
  std::string names;
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
    const auto state = static_cast<tcp::State>(i);
    if (states.has(state)) names += (names.empty() ? "" : " or ") + std::string(to_string(state));
  }
  return names;
}

/// `expect: FIN,ACK seq=1` names the segment behind the verb.
std::string without_verb(const std::string& text) {
  const std::size_t colon = text.find(": ");
  return colon == std::string::npos ? text : text.substr(colon + 2);
}

}  // namespace

/// One play: what has to be kept from step to step.
class Player::Run {
 public:
  explicit Run(adapter::Adapter& adapter)
      : adapter_(adapter), users_(adapter), peer_(adapter, trace_) {}

  Outcome play(const plan::Plan& plan, std::uint64_t seed);
  [[nodiscard]] const trace::Trace& trace() const { return trace_; }

 private:
  /// One alternative of a step that observes.
  struct Alternative {
    std::optional<Wanted> wanted;  ///< Nothing is wanted where this is absent.
    bool lost = false;
    Instant deadline;
    bool failed = false;
    Standing standing;
    wire::SeqNum iss;  ///< Of the stack, when `standing` was found.
  };

  bool begin(const plan::Plan& plan, std::uint64_t seed);
  bool lacks(const plan::Plan& plan);

  bool play_step(const plan::Send& send);
  bool play_step(const plan::SendIcmp& icmp);
  bool play_step(const plan::Expect& expect);
  bool play_step(const plan::ExpectNothing& nothing);
  bool play_step(const plan::OneOf& one_of);
  bool play_step(const plan::Call& call);
  bool play_step(const plan::Wait& wait);
  bool play_step(const plan::ExpectState& expected);

  Alternative alternative(const plan::Expect& expect);
  Alternative alternative(const plan::ExpectNothing& nothing);
  bool observe(std::span<Alternative> alternatives);
  enum class Progress : std::uint8_t { Met, Waiting, Failed };
  Progress look(Alternative& alternative);
  void judge_what_came(Alternative& alternative);

  bool advance(Duration d);
  bool advance_to_next_firing(Instant limit);
  bool collect();
  void see_state();
  std::optional<tcp::State> state_now();

  bool fail(Mismatch mismatch);
  bool fail_observation(std::span<const Alternative> alternatives);
  bool error(std::string reason);
  [[nodiscard]] std::string words_of(std::size_t event) const;
  [[nodiscard]] std::string nothing_like_it(const Alternative& alternative) const;
  [[nodiscard]] Numbering numbers() const { return peer_.numbering(step().connection); }
  [[nodiscard]] const plan::Step& step() const { return plan_->steps[step_]; }

  adapter::Adapter& adapter_;
  trace::Trace trace_;
  UserPlane users_;
  Peer peer_;
  std::vector<tcp::State> seen_states_;
  std::vector<Alternative> alternatives_;

  const plan::Plan* plan_ = nullptr;
  trace::StepIndex step_ = 0;
  Instant now_;
  Instant step_begin_;
  std::size_t unanswered_from_ =
      0;  ///< The first event past the last stimulus, wait or packet taken.
  std::size_t emissions_in_step_ = 0;
  int firings_in_instant_ = 0;
  std::size_t states_unchecked_ = 0;
  Outcome outcome_;
};

Player::Player(adapter::Adapter& adapter) : run_(std::make_unique<Run>(adapter)) {}
Player::~Player() = default;

Outcome Player::play(const plan::Plan& plan, std::uint64_t seed) { return run_->play(plan, seed); }
const trace::Trace& Player::trace() const { return run_->trace(); }

bool Player::Run::fail(Mismatch mismatch) {
  mismatch.step = step_;
  mismatch.at = now_;
  outcome_.kind = Outcome::Kind::Failed;
  outcome_.mismatch = std::move(mismatch);
  return false;
}

bool Player::Run::error(std::string reason) {
  outcome_.kind = Outcome::Kind::Error;
  outcome_.reason = std::move(reason);
  return false;
}

bool Player::Run::lacks(const plan::Plan& plan) {
  const tcp::Capabilities& offered = adapter_.profile().capabilities;
  std::string missing;
  for (std::size_t i = 0; i < tcp::kCapabilityCount; ++i) {
    const auto capability = static_cast<tcp::Capability>(i);
    if (!plan.needs.has(capability) || offered.has(capability)) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(to_string(capability));
  }
  if (missing.empty()) return false;
  outcome_.kind = Outcome::Kind::Unsupported;
  outcome_.reason = fmt::format("{} does not offer {}", adapter_.profile().name, missing);
  return true;
}

bool Player::Run::begin(const plan::Plan& plan, std::uint64_t seed) {
  outcome_ = {};
  trace_.clear();
  plan_ = &plan;
  step_ = 0;
  now_ = Instant();
  unanswered_from_ = emissions_in_step_ = states_unchecked_ = 0;
  if (lacks(plan)) return false;
  const adapter::ResetOptions options = link(plan.ip, seed);
  if (const auto refused = adapter_.reset(options)) return error(refused->message);
  if (plan.stack_iss) adapter_.set_iss(wire::SeqNum(*plan.stack_iss));
  for (const plan::Connection& connection : plan.connections) {
    trace_.connections.push_back(
        {.stack = {.address = options.stack, .port = connection.stack_port},
         .peer = {.address = options.peer, .port = connection.peer_port}});
  }
  seen_states_.assign(plan.connections.size(), tcp::State::Closed);
  users_.restart(plan.connections.size());
  peer_.restart(plan);
  return true;
}

Outcome Player::Run::play(const plan::Plan& plan, std::uint64_t seed) {
  if (!begin(plan, seed)) return outcome_;
  for (; step_ < plan.steps.size(); ++step_) {
    step_begin_ = now_;
    emissions_in_step_ = 0;
    const bool held =
        std::visit([this](const auto& action) { return play_step(action); }, step().action);
    if (!held) break;
  }
  outcome_.virtual_time = now_.time_since_epoch();
  if (outcome_.kind == Outcome::Kind::Held && states_unchecked_ > 0) {
    outcome_.reason =
        fmt::format("{} state step(s) not checked: {} does not offer {}", states_unchecked_,
                    adapter_.profile().name, to_string(tcp::Capability::Introspection));
  }
  return outcome_;
}

// ---- stimuli

bool Player::Run::play_step(const plan::Send& send) {
  unanswered_from_ = trace_.events().size();
  emissions_in_step_ += peer_.send(send, step().connection, {.now = now_, .step = step_});
  return collect();
}

bool Player::Run::play_step(const plan::SendIcmp& icmp) {
  unanswered_from_ = trace_.events().size();
  emissions_in_step_ += peer_.send_icmp(icmp, step().connection, {.now = now_, .step = step_});
  return collect();
}

bool Player::Run::play_step(const plan::Call& call) {
  unanswered_from_ = trace_.events().size();
  const std::uint16_t connection = step().connection;
  const auto& amount_text = call.kind == tcp::CallKind::Set ? call.value : call.octets;
  const std::int64_t amount = amount_text ? amount_text->evaluate(numbers()) : 0;
  if (call.octets && (amount < 0 || amount > kCallOctetsMax)) {
    return error(fmt::format("a call with {} octets", amount));
  }
  const CallOutcome came =
      users_.make(call, amount, {.now = now_, .step = step_, .connection = connection},
                  peer_.stream(connection), peer_.view(connection).irs() + 1, trace_);
  adapter_.settle();
  if (!collect()) return false;
  if (came.held) return true;
  return fail({.event = trace_.events().size() - 1,
               .expected = fmt::format("{}: {}", to_string(call.kind), wanted_answer(call)),
               .actual = fmt::format("{}: {}", to_string(call.kind), came.actual)});
}

bool Player::Run::play_step(const plan::Wait& wait) {
  const Duration d = numbers().duration(wait.duration);
  if (d < Duration::zero()) return error("a wait of less than nothing");
  const bool advanced = advance(d);
  unanswered_from_ = trace_.events().size();
  return advanced;
}

bool Player::Run::advance(Duration d) {
  adapter_.advance(d);
  now_ += d;
  adapter_.settle();
  // What came on the way stands before the end of the wait, so that a trace's times never go back.
  emissions_in_step_ += peer_.collect(step_);
  trace_.append({.at = now_,
                 .kind = trace::EventKind::Waited,
                 .connection = step().connection,
                 .step = step_});
  return collect();
}

bool Player::Run::collect() {
  emissions_in_step_ += peer_.collect(step_);
  see_state();
  if (emissions_in_step_ > kEmissionsPerStepMax) {
    return error(
        fmt::format("the stack emitted more than {} packets in one step", kEmissionsPerStepMax));
  }
  if (peer_.overflowed()) {
    return error(
        fmt::format("the stack emitted more than {} octets at once", adapter::Outbox::kOctetsMax));
  }
  return !trace_.truncated() || error("the trace is full");
}

// ---- observations

std::optional<tcp::State> Player::Run::state_now() {
  const std::uint16_t connection = step().connection;
  const wire::FourTuple& tuple = trace_.connections[connection];
  const auto own = tuple.stack.port == 0 ? tcp::State::Closed : adapter_.state(tuple);
  if (own != tcp::State::Closed || !users_.listens(tuple.stack.port)) return own;
  // A stack that keeps a separate listener is in LISTEN as long as no connection came of it; one
  // that ended is CLOSED (RFC 9293 section 3.10.7.4: only SYN-RECEIVED returns to LISTEN).
  const tcp::State before = seen_states_[connection];
  const bool came_of_listen =
      before == tcp::State::Closed
          ? peer_.view(connection).rcv_nxt() == peer_.view(connection).irs()
          : before == tcp::State::Listen || before == tcp::State::SynReceived;
  if (!came_of_listen) return own;
  wire::FourTuple listener = tuple;
  listener.peer.port = 0;
  return adapter_.state(listener);
}

void Player::Run::see_state() {
  const std::optional<tcp::State> state = state_now();
  const std::uint16_t connection = step().connection;
  if (!state || *state == seen_states_[connection]) return;
  seen_states_[connection] = *state;
  trace_.append({.at = now_,
                 .kind = trace::EventKind::State,
                 .connection = connection,
                 .step = step_,
                 .state = *state});
}

bool Player::Run::play_step(const plan::ExpectState& expected) {
  const wire::FourTuple& tuple = trace_.connections[step().connection];
  const std::optional<tcp::State> own = tuple.stack.port == 0 && !users_.listens(0)
                                            ? std::optional(tcp::State::Closed)
                                            : adapter_.state(tuple);
  if (!own) {
    ++states_unchecked_;
    return true;
  }
  if (expected.states.has(*own)) return true;
  std::string actual(to_string(*own));
  if (*own == tcp::State::Closed && expected.states.has(tcp::State::Listen)) {
    wire::FourTuple listener = tuple;
    listener.peer.port = 0;
    if (adapter_.state(listener) == tcp::State::Listen) return true;
    actual += ", and nobody listens";
  }
  return fail({.expected = names_of(expected.states), .actual = actual});
}

Player::Run::Alternative Player::Run::alternative(const plan::Expect& expect) {
  const Numbering numbers = this->numbers();
  const auto value = [&numbers](const std::optional<plan::Expr>& expr) {
    return expr ? std::optional(expr->evaluate(numbers)) : std::nullopt;
  };
  const auto number = [&](const std::optional<plan::Expr>& expr) {
    return expr ? std::optional(static_cast<wire::SeqLen>(*value(expr))) : std::nullopt;
  };
  Wanted wanted{.text = &expect.segment,
                .exactly = expect.exactly,
                .seq = number(expect.segment.seq),
                .ack = number(expect.segment.ack),
                .len = value(expect.segment.len),
                .wnd = value(expect.segment.wnd),
                .up = value(expect.segment.up),
                .begin = now_,
                .from = now_,
                .to = now_ + kPatience};
  if (expect.within) {
    wanted.from = now_ + numbers.duration(expect.within->from);
    wanted.to = now_ + numbers.duration(expect.within->to);
  }
  return {.wanted = wanted, .lost = expect.lost, .deadline = wanted.to};
}

Player::Run::Alternative Player::Run::alternative(const plan::ExpectNothing& nothing) {
  return {.deadline = now_ + numbers().duration(nothing.duration)};
}

bool Player::Run::play_step(const plan::Expect& expect) {
  alternatives_.assign(1, alternative(expect));
  return observe(alternatives_);
}

bool Player::Run::play_step(const plan::ExpectNothing& nothing) {
  alternatives_.assign(1, alternative(nothing));
  return observe(alternatives_);
}

bool Player::Run::play_step(const plan::OneOf& one_of) {
  alternatives_.clear();
  for (const auto& each : one_of.alternatives) {
    alternatives_.push_back(std::visit([this](const auto& a) { return alternative(a); }, each));
  }
  return observe(alternatives_);
}

/// Brings `a.standing` up to date without another look at what was passed over before, or a stack
/// that emits without end would cost the square of what it emits.
void Player::Run::judge_what_came(Alternative& a) {
  const std::uint16_t connection = step().connection;
  const Numbering numbers = this->numbers();
  const wire::SeqNum iss = peer_.view(connection).iss();
  const Stream stream{.stack_base = numbers.stack_base(),
                      .peer_base = numbers.peer_base(),
                      .first_octet = iss + 1,
                      .user_octets = users_.user(connection).sent,
                      .values = numbers};
  const Standing before = a.iss == iss ? a.standing : Standing();
  const std::size_t passed = before.passed;
  a.iss = iss;
  a.standing = judge(*a.wanted, peer_.queue(connection, passed), stream);
  a.standing.first_part += passed;
  a.standing.last += passed;
  a.standing.passed += passed;
  if (a.standing.nearest) *a.standing.nearest += passed;
  const bool nearer = before.nearest && before.fields.count() < a.standing.fields.count();
  if (a.standing.kind == Standing::Kind::Waiting && (!a.standing.nearest || nearer)) {
    a.standing.nearest = before.nearest;
    a.standing.fields = before.fields;
  }
}

Player::Run::Progress Player::Run::look(Alternative& a) {
  const std::uint16_t connection = step().connection;
  if (!a.wanted) {
    if (peer_.emitted_since(connection, unanswered_from_)) return Progress::Failed;
    return now_ >= a.deadline ? Progress::Met : Progress::Waiting;
  }
  judge_what_came(a);
  switch (a.standing.kind) {
    case Standing::Kind::Met:
      unanswered_from_ =
          std::max(unanswered_from_, peer_.queue(connection)[a.standing.last].event + 1);
      peer_.take(connection, a.standing, a.lost);
      return Progress::Met;
    case Standing::Kind::Failed:
      return Progress::Failed;
    case Standing::Kind::Waiting:
      return now_ >= a.deadline ? Progress::Failed : Progress::Waiting;
  }
  return Progress::Failed;
}

bool Player::Run::observe(std::span<Alternative> alternatives) {
  firings_in_instant_ = 0;
  for (;;) {
    std::optional<Instant> next;
    for (Alternative& a : alternatives) {
      if (a.failed) continue;
      const Progress progress = look(a);
      if (progress == Progress::Met) return true;
      a.failed = progress == Progress::Failed;
      if (!a.failed) next = next ? std::min(*next, a.deadline) : a.deadline;
    }
    if (!next) return fail_observation(alternatives);
    if (!advance_to_next_firing(*next)) return false;
  }
}

/// Moves time to the stack's next timer or to `limit`, whichever comes first.
bool Player::Run::advance_to_next_firing(Instant limit) {
  Duration d = limit - now_;
  if (const std::optional<Duration> deadline = adapter_.next_deadline()) {
    d = std::clamp(*deadline, Duration::zero(), d);
  } else if (!adapter_.knows_deadlines()) {
    d = std::min(d, kStrideWithoutDeadlines);
  }
  firings_in_instant_ = d == Duration::zero() ? firings_in_instant_ + 1 : 0;
  if (firings_in_instant_ > kFiringsPerInstantMax) {
    return error("the stack's timers fire without end in one instant");
  }
  adapter_.advance(d);
  now_ += d;
  adapter_.settle();
  return collect();
}

// ---- words

std::string Player::Run::words_of(std::size_t event) const {
  const trace::Event& e = trace_.events()[event];
  const wire::Packet packet = wire::decode(trace_.octets_of(e));
  if (!packet.has_segment()) return "not a TCP segment: " + to_string(packet.flaws);
  wire::NumberBase base;
  if (e.connection != trace::kNoConnection && !plan_->absolute_numbers) {
    const Numbering numbers = peer_.numbering(e.connection);
    base = {.seq = numbers.stack_base(), .ack = numbers.peer_base()};
  }
  const std::string flaws = packet.flaws.none() ? "" : " (" + to_string(packet.flaws) + ")";
  return to_string(packet.segment, base) + flaws;
}

std::string Player::Run::nothing_like_it(const Alternative& a) const {
  const Duration waited = a.deadline - step_begin_;
  if (!a.standing.nearest) return fmt::format("nothing came within {}", base::to_string(waited));
  return fmt::format("nothing like it came within {}; nearest: ", base::to_string(waited));
}

bool Player::Run::fail_observation(std::span<const Alternative> alternatives) {
  // The packet that no alternative allows tells most; else the first segment that never came.
  const auto rank = [](const Alternative& a) {
    if (!a.wanted) return std::pair(2, 0);
    const bool came = a.standing.kind == Standing::Kind::Failed;
    return came ? std::pair(0, a.standing.fields.count()) : std::pair(1, 0);
  };
  const auto blamed = std::ranges::min_element(alternatives, {}, rank);
  Mismatch mismatch{.expected = without_verb(step().text),
                    .fields = blamed->standing.fields.names()};
  if (!blamed->wanted) {
    mismatch.event = peer_.emitted_since(step().connection, unanswered_from_);
    mismatch.actual = words_of(mismatch.event.value_or(unanswered_from_));
    return fail(std::move(mismatch));
  }
  const Standing& standing = blamed->standing;
  if (standing.kind == Standing::Kind::Waiting) mismatch.actual = nothing_like_it(*blamed);
  if (standing.nearest) {
    const Pending& nearest = peer_.queue(step().connection)[*standing.nearest];
    mismatch.actual += words_of(nearest.event) + standing.fields.ip_words(nearest.packet);
    if (standing.kind == Standing::Kind::Failed) mismatch.event = nearest.event;
    if (standing.fields.has(Field::Time)) {
      const Duration after = nearest.at - blamed->wanted->begin;
      mismatch.actual +=
          fmt::format(" after {}", base::to_string(std::max(after, Duration::zero())));
    }
  }
  return fail(std::move(mismatch));
}

}  // namespace tcprove::engine
