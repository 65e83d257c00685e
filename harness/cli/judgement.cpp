#include "harness/cli/judgement.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcprove::cli {
namespace {

using engine::Outcome;
using monitor::Level;
using report::Verdict;

Verdict verdict_of(const std::vector<Covered>& covered) {
  const auto any = [&covered](Level level) {
    return std::ranges::any_of(covered, [level](const Covered& c) { return c.level == level; });
  };
  if (covered.empty() || any(Level::Must)) return Verdict::Fail;
  return any(Level::Should) ? Verdict::Warn : Verdict::Unsupported;
}

void blame(const engine::Mismatch& mismatch, const plan::Plan& plan,
           const std::vector<Covered>& covered, report::ScenarioResult& result) {
  const plan::Step& step = plan.steps[mismatch.step];
  result.differences.push_back({.file = plan.files[step.file],
                                .line = step.line,
                                .step = step.text,
                                .expected = mismatch.expected,
                                .actual = mismatch.actual,
                                .fields = mismatch.fields});
  result.verdict = verdict_of(covered);
  result.reason = fmt::format("{}:{}: expected {}; got {}", plan.files[step.file], step.line,
                              mismatch.expected, mismatch.actual);
  if (result.verdict == Verdict::Unsupported) {
    result.reason = "does not take an option that the RFC leaves open: " + result.reason;
    return;
  }
  for (const Covered& c : covered) {
    result.violations.push_back(
        {.requirement = c.id,
         .level = c.level,
         .section = c.section,
         .rule = "scenario",
         .message = fmt::format("expected {}; got {}", mismatch.expected, mismatch.actual),
         .at = mismatch.at,
         .line = step.line,
         .event = mismatch.event.value_or(monitor::kNoEvent)});
  }
}

}  // namespace

void judge(const Outcome& outcome, const plan::Plan& plan, const std::vector<Covered>& covered,
           report::ScenarioResult& result) {
  result.virtual_time = outcome.virtual_time;
  result.reason = outcome.reason;
  switch (outcome.kind) {
    case Outcome::Kind::Held:
      result.verdict = Verdict::Pass;
      return;
    case Outcome::Kind::Failed:
      if (outcome.mismatch && outcome.mismatch->step < plan.steps.size()) {
        blame(*outcome.mismatch, plan, covered, result);
        return;
      }
      result.verdict = Verdict::Error;
      result.reason =
          "the worker blames a step that the plan does not have: the stack may have overwritten it";
      return;
    case Outcome::Kind::Unsupported:
      result.verdict = Verdict::Unsupported;
      return;
    case Outcome::Kind::Error:
      result.verdict = Verdict::Error;
      return;
  }
}

void expect_deviation(const std::string& reason, report::ScenarioResult& result) {
  switch (result.verdict) {
    case Verdict::Fail:
    case Verdict::Warn:
    case Verdict::Error:
      result.verdict = Verdict::Xfail;
      result.reason = reason;
      return;
    case Verdict::Pass:
      result.verdict = Verdict::Xpass;
      result.reason = "held, although it is a known deviation: " + reason;
      return;
    case Verdict::Inconclusive:
    case Verdict::Unsupported:
    case Verdict::Xfail:
    case Verdict::Xpass:
      return;
  }
}

}  // namespace tcprove::cli
