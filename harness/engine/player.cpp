#include "harness/engine/player.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "harness/engine/batch.hpp"
#include "harness/engine/play_time.hpp"
#include "harness/engine/player_run.hpp"

namespace tcprove::engine {
namespace {

using base::Duration;
using base::Instant;

/// The link that every play happens on (RFC 5737, RFC 3849: addresses for documentation).
adapter::ResetOptions link(wire::IpVersion ip) {
  const bool v4 = ip == wire::IpVersion::V4;
  wire::IpAddress stack{.version = ip, .octets = {192, 0, 2, 1}};
  if (!v4) stack.octets = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  wire::IpAddress peer = stack;
  peer.octets.at(v4 ? 3 : 15) = 2;
  return {.ip = ip, .stack = stack, .peer = peer};
}

}  // namespace

Player::Player(adapter::Adapter& adapter) : run_(std::make_unique<Run>(adapter)) {}
Player::~Player() = default;

Outcome Player::play(const plan::Plan& plan, std::uint64_t seed, const Conditions& conditions) {
  return run_->play(plan, seed, conditions);
}
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
  outcome_.mismatch.reset();
  return false;
}

bool Player::Run::error(const adapter::AdapterError& failure) {
  error(failure.message);
  if (failure.out_of_reach) outcome_.kind = Outcome::Kind::Unsupported;
  return false;
}

bool Player::Run::lacks(const plan::Plan& plan) {
  if (!plan.unreachable.empty()) {
    outcome_.kind = Outcome::Kind::Unsupported;
    outcome_.reason = plan.unreachable;
    return true;
  }
  const tcp::Capabilities& offered = adapter_.profile().capabilities;
  if (offered.covers(plan.needs)) {
    if (!is_real() || time_of(plan, adapter_.profile()).least <= kRealTimeMax) return false;
    return !takes_too_long();
  }
  std::string missing;
  for (std::size_t i = 0; i < tcp::kCapabilityCount; ++i) {
    const auto capability = static_cast<tcp::Capability>(i);
    if (!plan.needs.has(capability) || offered.has(capability)) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(to_string(capability));
  }
  outcome_.kind = Outcome::Kind::Unsupported;
  outcome_.reason = fmt::format("{} does not offer {}", adapter_.profile().name, missing);
  return true;
}

bool Player::Run::begin(const plan::Plan& plan, std::uint64_t seed, const Conditions& conditions) {
  outcome_ = {};
  trace_.clear();
  plan_ = &plan;
  step_ = 0;
  now_ = stimulated_ = met_at_ = Instant();
  unanswered_from_ = emissions_in_step_ = states_unchecked_ = batch_end_ = 0;
  is_real_ = adapter_.clock().has_value();
  if (lacks(plan)) return false;
  adapter::ResetOptions options = link(plan.ip);
  options.seed = seed;
  options.clock = conditions.clock;
  if (const auto refused = adapter_.reset(options)) return error(*refused);
  trace_.iss_planned = plan.stack_iss.has_value();
  if (plan.stack_iss) adapter_.set_iss(wire::SeqNum(*plan.stack_iss));
  for (const plan::Connection& connection : plan.connections) {
    trace_.connections.push_back(
        adapter_.place({.stack = {.address = options.stack, .port = connection.stack_port},
                        .peer = {.address = options.peer, .port = connection.peer_port}}));
  }
  seen_states_.assign(plan.connections.size(), tcp::State::Closed);
  users_.restart(plan.connections.size());
  peer_.restart(plan);
  return true;
}

Outcome Player::Run::play(const plan::Plan& plan, std::uint64_t seed,
                          const Conditions& conditions) {
  if (!begin(plan, seed, conditions)) return outcome_;
  for (; step_ < plan.steps.size(); ++step_) {
    step_begin_ = now_;
    emissions_in_step_ = 0;
    if (conditions.batch && step_ >= batch_end_) batch_end_ = batch_end(plan, step_);
    const bool held =
        catch_up() &&
        std::visit([this](const auto& action) { return play_step(action); }, step().action);
    if (!held) break;
  }
  outcome_.virtual_time = now_.time_since_epoch();
  conclude();
  adapter_.leave();
  return outcome_;
}

void Player::Run::conclude() {
  // Whatever a step found, an adapter that has failed is no witness.
  if (const adapter::AdapterError* const failure = adapter_.failure()) error(*failure);
  if (is_real()) conclude_in_real_time();
  if (adapter_.profile().service) conclude_beside_a_service();
  if (outcome_.kind == Outcome::Kind::Failed && step_ < plan_->way_steps) {
    outcome_.kind = Outcome::Kind::Unsupported;
    outcome_.reason =
        fmt::format("{} cannot be brought there: expected {}; got {}", adapter_.profile().name,
                    outcome_.mismatch->expected, outcome_.mismatch->actual);
    outcome_.mismatch.reset();
  }
  if (outcome_.kind == Outcome::Kind::Held && states_unchecked_ > 0) {
    outcome_.reason =
        fmt::format("{} state step(s) not checked: {} does not offer {}", states_unchecked_,
                    adapter_.profile().name, to_string(tcp::Capability::Introspection));
  }
}

bool Player::Run::advance(Duration d) {
  const Instant until = now_ + d;
  if (is_real() && until > Instant(kRealTimeMax)) return takes_too_long();
  for (;;) {
    adapter_.advance(until - now_);
    adapter_.settle();
    follow_clock(until);
    if (now_ >= until) break;
    if (!collect()) return false;
  }
  // What came on the way stands before the end of the wait, so that a trace's times never go back.
  emissions_in_step_ += peer_.collect(step_);
  trace_.add(now_, trace::EventKind::Waited, step().connection, step_);
  return collect();
}

bool Player::Run::collect() {
  emissions_in_step_ += peer_.collect(step_);
  follow_clock(now_);
  see_state();
  if (const adapter::AdapterError* const failure = adapter_.failure()) return error(*failure);
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

/// Moves time to the stack's next timer or to `limit`, whichever comes first.
bool Player::Run::advance_to_next_firing(Instant limit) {
  if (is_real() && now_ >= Instant(kRealTimeMax)) return takes_too_long();
  Duration d = limit - now_;
  if (is_real()) {
    d = std::min(d, Instant(kRealTimeMax) - now_);
  } else if (const std::optional<Duration> deadline = adapter_.next_deadline()) {
    d = std::clamp(*deadline, Duration::zero(), d);
  } else if (!adapter_.knows_deadlines()) {
    d = std::min(d, kStrideWithoutDeadlines);
  }
  firings_in_instant_ = d == Duration::zero() ? firings_in_instant_ + 1 : 0;
  if (firings_in_instant_ > kFiringsPerInstantMax) {
    return error("the stack's timers fire without end in one instant");
  }
  adapter_.advance(d);
  adapter_.settle();
  follow_clock(now_ + d);
  return collect();
}

}  // namespace tcprove::engine
