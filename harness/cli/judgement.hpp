#pragma once

#include <string>
#include <vector>

#include "harness/engine/outcome.hpp"
#include "harness/plan/plan.hpp"
#include "harness/report/result.hpp"

namespace tcprove::cli {

/// A requirement that a scenario covers, as the catalogue has it.
struct Covered {
  std::string id;
  monitor::Level level = monitor::Level::Must;
  std::string section;
};

/// Turns what a play came to into the scenario's verdict, differences and violations.
///
/// A step that did not hold violates every requirement that the scenario covers; the most binding
/// of them decides: MUST fails, SHOULD warns, and where all are MAY the stack just does not take
/// the option: unsupported. A scenario that covers nothing fails. A step that `plan` does not have
/// is an error: the outcome comes out of a process that a stack may have written in.
void judge(const engine::Outcome& outcome, const plan::Plan& plan,
           const std::vector<Covered>& covered, report::ScenarioResult& result);

/// Applies a known deviation, with its `reason`: violated becomes xfail, held becomes xpass.
void expect_deviation(const std::string& reason, report::ScenarioResult& result);

}  // namespace tcprove::cli
