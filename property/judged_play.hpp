#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/adapter/registry.hpp"
#include "harness/engine/player.hpp"
#include "harness/monitor/monitor.hpp"
#include "harness/plan/plan.hpp"

namespace tcprove::property {

/// What the monitor must be told of the stack.
monitor::StackFacts facts_of(const adapter::StackProfile& profile);

/// A stack of one target, kept from plan to plan, with the monitor as the judge of each play.
class JudgedPlay {
 public:
  explicit JudgedPlay(const adapter::Target& target);

  /// Plays `plan` and answers what the monitor found.
  const std::vector<monitor::Violation>& judge(const plan::Plan& plan);

  [[nodiscard]] const engine::Outcome& outcome() const { return outcome_; }
  [[nodiscard]] const trace::Trace& trace() const { return player_.trace(); }
  [[nodiscard]] monitor::StackFacts facts() const { return facts_of(stack_->profile()); }

  /// The plan just judged as a scenario that replays it, with the ladder of what happened.
  [[nodiscard]] std::string story(const plan::Plan& plan) const;

 private:
  std::unique_ptr<adapter::Adapter> stack_;
  engine::Player player_;
  engine::Outcome outcome_;
  std::vector<monitor::Violation> violations_;
};

}  // namespace tcprove::property
