#include "harness/cli/fault_sight.hpp"

#include <algorithm>

#include "harness/cli/own_steps.hpp"
#include "harness/cli/played_result.hpp"

namespace tcprove::cli {
namespace {

using engine::Outcome;
using report::Verdict;

/// What the correct target draws too is no sign of the fault, and what the RFC leaves open is none.
bool speaks_anyway(const monitor::Violation& violation, const report::ScenarioResult& correct) {
  return violation.level == monitor::Level::May ||
         std::ranges::any_of(correct.violations, [&](const monitor::Violation& known) {
           return known.rule == violation.rule;
         });
}

void look_at_steps(const FaultPlays& plays, std::size_t job, const Outcome& outcome,
                   const plan::Plan& plan, FaultSight& sight) {
  sight.held = outcome.kind == Outcome::Kind::Held;
  if (sight.held || !plays.correct[job].steps_held) return;
  const report::ScenarioResult result =
      result_of(plays.jobs[job], {.outcome = outcome}, plays.catalogue, nullptr);
  if (result.verdict == Verdict::Unsupported) return;
  sight.steps = result.verdict;
  sight.reason = result.reason;
  sight.own_step = !outcome.mismatch || is_own_step(plan, outcome.mismatch->step);
}

}  // namespace

bool FaultPlays::may_prove(std::size_t job, std::size_t fault) const {
  const std::vector<std::string>& covers = jobs[job].scenario->covers;
  return std::ranges::find(covers, faults[fault].requirement) != covers.end();
}

FaultSight look(const FaultPlays& plays, std::size_t job, trial::JudgedPlayer& player) {
  const plan::Plan plan = plan_of(plays.jobs[job]);
  const trial::Judged judged = player.play(plan, plays.seed);
  FaultSight sight;
  look_at_steps(plays, job, judged.outcome, plan, sight);
  for (const monitor::Violation& violation : judged.violations) {
    if (speaks_anyway(violation, plays.correct[job])) continue;
    if (sight.rule.empty()) sight.rule = violation.rule;
    if (is_own_step(plan, trial::step_of(violation, player.trace()))) {
      sight.own_rule = true;
      break;
    }
  }
  return sight;
}

}  // namespace tcprove::cli
