#include "harness/cli/judgement.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "harness/trial/judge.hpp"

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

Verdict verdict_of(Level level) {
  switch (level) {
    case Level::Must:
      return Verdict::Fail;
    case Level::Should:
      return Verdict::Warn;
    case Level::May:
      break;
  }
  return Verdict::Pass;
}

Finding blame(const engine::Mismatch& mismatch, const plan::Plan& plan,
              const std::vector<Covered>& covered, report::ScenarioResult& result) {
  const plan::Step& step = plan.steps[mismatch.step];
  result.differences.push_back({.file = plan.files[step.file],
                                .line = step.line,
                                .step = step.text,
                                .expected = mismatch.expected,
                                .actual = mismatch.actual,
                                .fields = mismatch.fields});
  Finding finding{.verdict = verdict_of(covered),
                  .reason = fmt::format("{}:{}: expected {}; got {}", plan.files[step.file],
                                        step.line, mismatch.expected, mismatch.actual)};
  if (finding.verdict == Verdict::Unsupported) {
    finding.reason = "does not take an option that the RFC leaves open: " + finding.reason;
    return finding;
  }
  for (const Covered& c : covered) {
    result.violations.push_back(
        {.requirement = c.id,
         .level = c.level,
         .section = c.section,
         .rule = std::string(monitor::kScenarioItself),
         .message = fmt::format("expected {}; got {}", mismatch.expected, mismatch.actual),
         .at = mismatch.at,
         .file = plan.files[step.file],
         .line = step.line,
         .event = mismatch.event.value_or(monitor::kNoEvent)});
  }
  return finding;
}

/// What became of the plan's steps, where they did not hold.
std::optional<Finding> judge_steps(const Outcome& outcome, const plan::Plan& plan,
                                   const std::vector<Covered>& covered,
                                   report::ScenarioResult& result) {
  switch (outcome.kind) {
    case Outcome::Kind::Held:
      result.steps_held = true;
      result.reason = outcome.reason;
      return std::nullopt;
    case Outcome::Kind::Failed:
      if (outcome.mismatch && outcome.mismatch->step < plan.steps.size()) {
        return blame(*outcome.mismatch, plan, covered, result);
      }
      return Finding{.verdict = Verdict::Error,
                     .reason =
                         "the worker blames a step that the plan does not have: the stack "
                         "may have overwritten it"};
    case Outcome::Kind::Unsupported:
      return Finding{.verdict = Verdict::Unsupported, .reason = outcome.reason};
    case Outcome::Kind::Inconclusive:
      return Finding{.verdict = Verdict::Inconclusive, .reason = outcome.reason};
    case Outcome::Kind::Error:
      break;
  }
  return Finding{.verdict = Verdict::Error, .reason = outcome.reason};
}

/// Names the step that was under way.
void place(monitor::Violation& violation, const plan::Plan& plan, const trace::Trace& trace) {
  const trace::StepIndex index = trial::step_of(violation, trace);
  if (index >= plan.steps.size()) return;
  violation.file = plan.files[plan.steps[index].file];
  violation.line = plan.steps[index].line;
}

std::string reason_of(const monitor::Violation& violation) {
  std::string reason = fmt::format("{}: {}", violation.rule, violation.message);
  if (violation.line == 0) return reason;
  return fmt::format("{}:{}: {}", violation.file, violation.line, reason);
}

/// How bad a verdict on one play is; known deviations have not been looked at yet.
int badness(Verdict verdict) {
  switch (verdict) {
    case Verdict::Error:
      return 4;
    case Verdict::Fail:
      return 3;
    case Verdict::Warn:
      return 2;
    case Verdict::Unsupported:
    case Verdict::Inconclusive:
      return 1;
    case Verdict::Pass:
    case Verdict::Xfail:
    case Verdict::Xpass:
      break;
  }
  return 0;
}

}  // namespace

std::vector<Finding> judge(const Play& play, const plan::Plan& plan,
                           const std::vector<Covered>& covered, report::ScenarioResult& result) {
  std::vector<Finding> findings;
  result.virtual_time = play.outcome.virtual_time;
  if (auto finding = judge_steps(play.outcome, plan, covered, result)) {
    findings.push_back(std::move(*finding));
  }
  const std::size_t own = result.violations.size();
  for (monitor::Violation violation : play.violations) {
    if (play.trace) place(violation, plan, *play.trace);
    result.violations.push_back(std::move(violation));
  }
  for (const monitor::Violation& violation : std::span(result.violations).subspan(own)) {
    const Verdict verdict = verdict_of(violation.level);
    if (verdict == Verdict::Pass) continue;
    findings.push_back(
        {.verdict = verdict, .reason = reason_of(violation), .violation = &violation});
  }
  return findings;
}

void conclude(const std::vector<Finding>& findings, report::ScenarioResult& result) {
  const auto worst = std::ranges::max_element(
      findings, {}, [](const Finding& finding) { return badness(finding.verdict); });
  if (worst == findings.end()) {
    result.verdict = Verdict::Pass;
    return;
  }
  result.verdict = worst->verdict;
  result.reason = worst->reason;
}

}  // namespace tcprove::cli
