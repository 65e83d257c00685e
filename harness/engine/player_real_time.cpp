// What is different where the stack's clock runs by itself.

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "harness/engine/player_run.hpp"

namespace tcprove::engine {

/// Takes in what the stack did while nobody looked, so that it stands before what comes now.
bool Player::Run::catch_up() {
  if (!is_real()) return true;
  adapter_.settle();
  const bool goes_on = collect();
  step_begin_ = begun();
  return goes_on;
}

/// Moves our clock to the stack's, which should show `wanted` but for what it took to get here.
void Player::Run::follow_clock(base::Instant wanted) {
  if (!is_real()) {
    now_ = wanted;
    return;
  }
  now_ = std::max(now_, *adapter_.clock());
  outcome_.lateness = std::max(outcome_.lateness, now_ - wanted);
}

/// When what the step under way counts from happened, and not when we have looked.
base::Instant Player::Run::begun() const {
  if (!is_real()) return now_;
  return std::clamp(std::max(met_at_, stimulated_), now_ - kLatenessMax, now_);
}

/// By how much a timer of the stack's may be late, if what happened last has set it.
base::Duration Player::Run::slack_until(base::Instant deadline) const {
  return is_real() ? (deadline - stimulated_) / kTimerCoarseness : base::Duration::zero();
}

/// Lets the timer that ends a connection be as late as it may; answers whether the play goes on.
bool Player::Run::await_end(const plan::ExpectState& expected) {
  constexpr base::Duration kLook = std::chrono::milliseconds(100);
  const bool wants_end =
      expected.states.has(tcp::State::Closed) || expected.states.has(tcp::State::Listen);
  const base::Instant limit = now_ + slack_until(now_);
  while (wants_end && now_ < limit) {
    const std::optional<tcp::State> state = state_now();
    if (!state || expected.states.has(*state)) break;
    if (!advance_to_next_firing(std::min(limit, now_ + kLook))) return false;
  }
  return true;
}

bool Player::Run::takes_too_long() {
  outcome_.kind = Outcome::Kind::Unsupported;
  outcome_.reason =
      fmt::format("takes longer than {} on a real clock", base::to_string(kRealTimeMax));
  return false;
}

void Player::Run::conclude_in_real_time() {
  if (outcome_.kind != Outcome::Kind::Failed || outcome_.lateness <= kLatenessMax) return;
  outcome_.kind = Outcome::Kind::Inconclusive;
  outcome_.mismatch.reset();
  outcome_.reason = too_late(outcome_.lateness);
}

std::string too_late(base::Duration lateness) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(lateness);
  return fmt::format("the machine was {} late, more than {}", base::to_string(ms),
                     base::to_string(kLatenessMax));
}

}  // namespace tcprove::engine
