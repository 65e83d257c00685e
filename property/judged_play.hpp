#pragma once

#include <memory>
#include <span>
#include <string>

#include "harness/adapter/registry.hpp"
#include "harness/plan/plan.hpp"
#include "harness/trial/judged_player.hpp"
#include "harness/trial/stack_facts.hpp"

namespace tcprove::property {

/// A stack of one target, kept from plan to plan, with the monitor as the judge of each play.
class JudgedPlay {
 public:
  explicit JudgedPlay(const adapter::Target& target);
  explicit JudgedPlay(std::unique_ptr<adapter::Adapter> stack);

  /// Plays `plan` and answers what the monitor found.
  std::span<const monitor::Violation> judge(const plan::Plan& plan, std::uint64_t seed = 1);

  [[nodiscard]] const engine::Outcome& outcome() const { return judged_.outcome; }
  [[nodiscard]] const trace::Trace& trace() const { return player_.trace(); }
  [[nodiscard]] monitor::StackFacts facts() const { return trial::facts_of(stack_->profile()); }

  /// The plan just judged as a scenario that replays it, with the ladder of what happened.
  [[nodiscard]] std::string story(const plan::Plan& plan) const;

 private:
  std::unique_ptr<adapter::Adapter> stack_;
  trial::JudgedPlayer player_;
  trial::Judged judged_;
};

}  // namespace tcprove::property
