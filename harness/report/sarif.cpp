#include "harness/report/sarif.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/deviation_text.hpp"
#include "harness/report/document.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/sarif_log.hpp"

namespace tcprove::report {
namespace {

SarifResult to_sarif(const ScenarioResult& scenario, const monitor::Violation& violation) {
  return {
      .rule = violation.requirement,
      .rule_text = citation(violation, true),
      .level = violation.level,
      .message = fmt::format("{}: {} [{}]", scenario.id, violation.message, violation.rule),
      .fingerprint = fmt::format("{}.{}.{}", violation.requirement, violation.rule, scenario.id),
      .file = violation.line > 0 ? violation.file : scenario.file,
      .line = std::max(violation.line, 1),
      .known_reason = fmt::format("{}", fmt::join(scenario.excuses, " "))};
}

SarifResult without_requirement(const ScenarioResult& scenario) {
  const std::string verdict(to_string(scenario.verdict));
  return {.rule = verdict,
          .rule_text = scenario.verdict == Verdict::Xpass
                           ? "A known deviation is gone."
                           : "The stack's process or its adapter failed.",
          .message = fmt::format("{}: {}", scenario.id, scenario.reason),
          .fingerprint = fmt::format("{}.{}", verdict, scenario.id),
          .file = scenario.file,
          .known_reason = fmt::format("{}", fmt::join(scenario.excuses, " "))};
}

SarifResult to_sarif(const StaleDeviation& stale) {
  return {.rule = "xpass",
          .rule_text = "A known deviation is gone.",
          .message = sentence_of(stale),
          .fingerprint = fmt::format("xpass.{}.{}", stale.rule, stale.scenario),
          .file = stale.file,
          .line = std::max(stale.line, 1),
          .known_reason = {}};
}

/// The same rule broken again in one scenario is the same result.
void add_results(const ScenarioResult& scenario, std::vector<SarifResult>& results) {
  const std::size_t begin = results.size();
  for (const monitor::Violation& violation : scenario.violations) {
    SarifResult result = to_sarif(scenario, violation);
    const auto own = results.begin() + static_cast<std::ptrdiff_t>(begin);
    const bool told = std::any_of(own, results.end(), [&](const SarifResult& before) {
      return before.fingerprint == result.fingerprint;
    });
    if (!told) results.push_back(std::move(result));
  }
  if (fails_unnamed(scenario) || scenario.verdict == Verdict::Xpass) {
    results.push_back(without_requirement(scenario));
  }
}

}  // namespace

void write_sarif(std::ostream& out, std::span<const RunResult> runs) {
  std::vector<SarifRun> log;
  for (const RunResult& run : runs) {
    SarifRun& told = log.emplace_back();
    told.version = run.version;
    told.id = "tcprove/" + run.target;
    for (const ScenarioResult& scenario : run.scenarios) add_results(scenario, told.results);
    for (const StaleDeviation& stale : run.stale) told.results.push_back(to_sarif(stale));
  }
  write_sarif_log(out, log);
}

}  // namespace tcprove::report
