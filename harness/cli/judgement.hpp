#pragma once

#include <string>
#include <vector>

#include "harness/cli/play_octets.hpp"
#include "harness/plan/plan.hpp"
#include "harness/report/result.hpp"

namespace tcprove::cli {

/// A requirement that a scenario covers, as the catalogue has it.
struct Covered {
  std::string id;
  monitor::Level level = monitor::Level::Must;
  std::string section;
};

/// Why a scenario does not pass: one reason of several.
struct Finding {
  report::Verdict verdict = report::Verdict::Fail;
  std::string reason;
  const monitor::Violation* violation = nullptr;  ///< Of a rule; null for the scenario's own steps.
};

/// Writes what a play came to into `result`, its violations and differences, and answers what
/// speaks against it.
///
/// A step that did not hold violates every requirement that the scenario covers; the most binding
/// of them decides: MUST fails, SHOULD warns, and where all are MAY the stack just does not take
/// the option: unsupported. A scenario that covers nothing fails. A step that `plan` does not have
/// is an error: the outcome comes out of a process that a stack may have written in.
/// Behind it come the violations that the monitor found: MUST fails, SHOULD warns, MAY is noted and
/// no finding.
/// Lifetime: the findings point into `result.violations`.
std::vector<Finding> judge(const Play& play, const plan::Plan& plan,
                           const std::vector<Covered>& covered, report::ScenarioResult& result);

/// Gives `result` the worst verdict of `findings`, with its reason; pass where there are none.
void conclude(const std::vector<Finding>& findings, report::ScenarioResult& result);

}  // namespace tcprove::cli
