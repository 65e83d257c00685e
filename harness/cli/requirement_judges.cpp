#include "harness/cli/requirement_judges.hpp"

#include <map>

#include <fmt/format.h>

#include "harness/monitor/rules.hpp"

namespace tcprove::cli {
namespace {

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::vector<JudgedRequirement> judges_of(const scenario::Catalogue& catalogue,
                                         const std::vector<scenario::Scenario>& scenarios) {
  std::vector<JudgedRequirement> all;
  std::map<std::string_view, std::size_t> places;
  for (const scenario::Requirement& requirement : catalogue.all()) {
    places[requirement.id] = all.size();
    all.push_back({.requirement = &requirement, .rules = {}, .scenarios = {}});
  }
  for (const monitor::Rule& rule : monitor::all_rules()) {
    const auto place = places.find(rule.requirement);
    if (place != places.end()) all[place->second].rules.push_back(rule.name);
  }
  for (const scenario::Scenario& scenario : scenarios) {
    for (const std::string& id : scenario.covers) {
      const auto place = places.find(id);
      if (place != places.end()) all[place->second].scenarios.push_back(scenario.id);
    }
  }
  return all;
}

std::string how_judged(const JudgedRequirement& requirement) {
  std::string how;
  if (!requirement.rules.empty()) how = counted(requirement.rules.size(), "rule");
  if (!requirement.scenarios.empty()) {
    how += fmt::format("{}{}", how.empty() ? "" : ", ",
                       counted(requirement.scenarios.size(), "scenario"));
  }
  if (!how.empty()) return how;
  const std::string& why = requirement.requirement->untestable;
  return why.empty() ? "nobody yet" : fmt::format("untestable: {}", why);
}

}  // namespace tcprove::cli
