#include "harness/report/tally.hpp"

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

}  // namespace tcprove::report
