#include "harness/cli/known_deviations.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/monitor/rules.hpp"
#include "harness/trial/matrix_row.hpp"

namespace tcprove::cli {
namespace {

using report::Verdict;
using scenario::Deviation;

bool excuses(const Deviation& deviation, const monitor::Violation& violation) {
  if (!deviation.death.empty()) return false;
  return deviation.rule.empty() ? deviation.requirement == violation.requirement
                                : deviation.rule == violation.rule;
}

bool excuses(const Deviation& deviation, const Finding& finding) {
  if (finding.verdict == Verdict::Unsupported || finding.verdict == Verdict::Inconclusive) {
    return false;
  }
  if (!deviation.death.empty()) {
    return finding.verdict == Verdict::Error &&
           finding.reason.find(deviation.death) != std::string::npos;
  }
  if (finding.violation == nullptr) return deviation.rule.empty();
  return excuses(deviation, *finding.violation);
}

/// What the RFC leaves open is noted and no finding, but shows that the entry is true.
bool is_shown_by(const Deviation& deviation, const report::ScenarioResult& result) {
  return std::ranges::any_of(result.violations, [&](const monitor::Violation& violation) {
    return !deviation.rule.empty() && deviation.rule == violation.rule;
  });
}

std::string sentence(const Deviation& deviation) {
  return fmt::format("{} ({}): {}", deviation.requirement, deviation.section, deviation.reason);
}

/// One by scenario and one by rule may tell the same.
void add_new(std::string text, std::vector<std::string>& texts) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

/// Whether what the steps came to says anything of the stack.
bool was_judged(const std::vector<Finding>& findings) {
  return std::ranges::none_of(findings, [](const Finding& finding) {
    return finding.verdict == Verdict::Unsupported || finding.verdict == Verdict::Inconclusive;
  });
}

/// Entries about a row that the matrix of no stack has.
base::Diagnostics unknown_rows(const scenario::ExpectedDeviations& expected) {
  tcp::Capabilities all;
  for (std::size_t i = 0; i < tcp::kCapabilityCount; ++i) all.add(static_cast<tcp::Capability>(i));
  const std::vector<trial::MatrixRow> rows = trial::matrix_rows(all);
  base::Diagnostics mistakes;
  for (const Deviation& deviation : expected.deviations) {
    const bool known = std::ranges::any_of(
        rows, [&](const trial::MatrixRow& row) { return deviation.covers_row(to_options(row)); });
    if (known) continue;
    mistakes.push_back({.file = expected.file,
                        .place = deviation.place,
                        .message = fmt::format("the matrix has no row \"{}\"", deviation.row),
                        .suggestion = {},
                        .source_line = {}});
  }
  return mistakes;
}

bool ended(const std::vector<Finding>& findings) {
  return std::ranges::none_of(
      findings, [](const Finding& finding) { return finding.verdict == Verdict::Error; });
}

}  // namespace

KnownDeviations::KnownDeviations(scenario::ExpectedDeviations expected)
    : expected_(std::move(expected)), uses_(expected_.deviations.size()) {}

void KnownDeviations::conclude(std::vector<Finding> findings, report::ScenarioResult& result,
                               std::string_view row) {
  const bool judged = was_judged(findings);
  const bool whole = judged && ended(findings);
  std::vector<bool> excused(findings.size());
  std::vector<std::string> held;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    const Deviation& deviation = expected_.deviations[i];
    if (!deviation.covers(result.id) || !deviation.covers_row(row)) continue;
    bool useful = false;
    for (std::size_t f = 0; f < findings.size(); ++f) {
      if (!excuses(deviation, findings[f])) continue;
      excused[f] = true;
      useful = true;
    }
    if (useful) add_new(sentence(deviation), result.excuses);
    const bool by_scenario = deviation.rule.empty() && deviation.death.empty();
    if (!useful && judged && by_scenario) held.push_back(sentence(deviation));
    uses_[i].judged |= whole;
    uses_[i].excused |= useful || is_shown_by(deviation, result);
  }

  std::vector<Finding> rest;
  for (std::size_t f = 0; f < findings.size(); ++f) {
    if (!excused[f]) rest.push_back(std::move(findings[f]));
  }
  cli::conclude(rest, result);
  if (!rest.empty()) return;
  if (!held.empty()) {
    result.verdict = Verdict::Xpass;
    result.reason = fmt::format("held, although it is a known deviation: {}", held.front());
  } else if (!result.excuses.empty()) {
    result.verdict = Verdict::Xfail;
    result.reason = fmt::format("{}", fmt::join(result.excuses, " "));
  }
}

std::string KnownDeviations::expected_in_row(std::string_view id, std::string_view row) const {
  for (const Deviation& deviation : expected_.deviations) {
    const bool of_row = !deviation.row.empty() && deviation.rule.empty();
    if (of_row && deviation.covers(id) && deviation.covers_row(row)) return sentence(deviation);
  }
  return {};
}

std::vector<report::StaleDeviation> KnownDeviations::stale(
    const std::function<bool(const Deviation&)>& was_played) const {
  std::vector<report::StaleDeviation> stale;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    const Deviation& deviation = expected_.deviations[i];
    // One by scenario alone says xpass where it is stale.
    if (deviation.rule.empty() || uses_[i].excused || !uses_[i].judged) continue;
    if (!was_played(deviation)) continue;
    stale.push_back({.file = expected_.file,
                     .line = deviation.place.line,
                     .rule = deviation.rule,
                     .scenario = deviation.scenario,
                     .requirement = deviation.requirement});
  }
  return stale;
}

base::Result<scenario::ExpectedDeviations> read_expected(const std::filesystem::path& path,
                                                         const scenario::Catalogue& catalogue) {
  std::vector<scenario::KnownRule> rules;
  for (const monitor::Rule& rule : monitor::all_rules()) {
    rules.push_back({.name = rule.name, .requirement = rule.requirement});
  }
  auto expected = scenario::load_expected(path, &catalogue, rules);
  if (!expected) return expected;
  base::Diagnostics mistakes = unknown_rows(expected.value());
  if (!mistakes.empty()) return mistakes;
  return expected;
}

}  // namespace tcprove::cli
