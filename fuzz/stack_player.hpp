#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/campaign/finding.hpp"
#include "harness/campaign/known_findings.hpp"
#include "harness/plan/plan.hpp"
#include "harness/trial/judged_player.hpp"

namespace tcprove::fuzz {

/// A stack, kept from plan to plan, with the monitor as the judge of each play and what is known of
/// the stack as the excuse.
class StackPlayer {
 public:
  /// Requires: `target` can be made. Aborts where what is known of it cannot be read.
  explicit StackPlayer(const std::string& target);

  /// Plays `plan`; false where the stack died of it as it is known to do.
  bool play(const plan::Plan& plan);

  /// What the last play showed, known or not.
  [[nodiscard]] const std::vector<campaign::Shown>& shown() const { return shown_; }
  [[nodiscard]] const campaign::KnownFindings& known() const { return known_; }
  [[nodiscard]] const trial::JudgedPlayer& player() const { return player_; }

 private:
  campaign::KnownFindings known_;
  std::unique_ptr<adapter::Adapter> stack_;
  trial::JudgedPlayer player_;
  std::vector<campaign::Shown> shown_;
};

/// Aborts with `ASSERTION FAILED: <what>`, after the scenario that replays `plan`. No number that
/// varies may stand in `what`: by it crashes are told apart.
[[noreturn]] void fail(const plan::Plan& plan, const std::string& target, const std::string& what,
                       const std::string& message);

}  // namespace tcprove::fuzz
