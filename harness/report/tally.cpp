#include "harness/report/tally.hpp"

#include <algorithm>
#include <map>

namespace tcprove::report {

std::string_view group_name(std::string_view path) {
  const std::size_t first = path.find('/');
  if (first == std::string_view::npos) return ".";
  const std::size_t second = path.find('/', first + 1);
  return path.substr(0, second == std::string_view::npos ? first : second);
}

std::vector<Group> groups_of(std::span<const ScenarioResult> scenarios) {
  std::map<std::string_view, Group> by_name;
  for (const ScenarioResult& scenario : scenarios) {
    Group& group = by_name[group_name(scenario_of(scenario))];
    group.scenarios.push_back(&scenario);
    group.tally.add(scenario.verdict);
  }
  std::vector<Group> groups;
  for (auto& [name, group] : by_name) {
    group.name = name;
    groups.push_back(std::move(group));
  }
  return groups;
}

Tally tally_of(std::span<const ScenarioResult> scenarios) {
  Tally tally;
  for (const ScenarioResult& scenario : scenarios) tally.add(scenario.verdict);
  return tally;
}

std::vector<Verdict> verdicts_of(std::span<const RunResult> runs) {
  std::vector<Verdict> shown;
  for (std::size_t v = 0; v < kVerdictCount; ++v) {
    const auto verdict = static_cast<Verdict>(v);
    const bool any = std::ranges::any_of(
        runs, [verdict](const RunResult& run) { return tally_of(run.scenarios)[verdict] > 0; });
    if (any || verdict == Verdict::Pass || verdict == Verdict::Fail) shown.push_back(verdict);
  }
  return shown;
}

}  // namespace tcprove::report
