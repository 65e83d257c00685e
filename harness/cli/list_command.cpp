#include <iostream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/adapter/registry.hpp"
#include "harness/cli/bugs.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/requirement_judges.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/monitor/rules.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove::cli {
namespace {

using Json = nlohmann::ordered_json;

ExitStatus print(const Json& rows) {
  constexpr int kIndent = 2;
  std::cout << fmt::format("{}\n", rows.dump(kIndent, ' ', false, Json::error_handler_t::replace));
  return kAllHeld;
}

ExitStatus list_targets(bool json) {
  Json rows = Json::array();
  for (const adapter::Target& target : adapter::targets()) {
    const std::unique_ptr<adapter::Adapter> adapter = target.make();
    const adapter::StackProfile& profile = adapter->profile();
    if (!json) {
      std::cout << fmt::format("{:<12} {:<10} {}\n", target.name, profile.version, target.summary);
      continue;
    }
    Json capabilities = Json::array();
    for (std::size_t i = 0; i < tcp::kCapabilityCount; ++i) {
      const auto capability = static_cast<tcp::Capability>(i);
      if (profile.capabilities.has(capability)) capabilities.push_back(to_string(capability));
    }
    rows.push_back({{"name", target.name},
                    {"version", profile.version},
                    {"summary", target.summary},
                    {"capabilities", std::move(capabilities)}});
  }
  if (json) return print(rows);
  for (const adapter::TargetForm& form : adapter::target_forms()) {
    std::cout << fmt::format("{:<12} {:<10} {}\n", form.form, "", form.summary);
  }
  return kAllHeld;
}

/// All scenarios below specs_folder(); nothing, and the mistakes on stderr, where one is wrong.
std::optional<std::vector<scenario::Scenario>> read_all_scenarios(
    const scenario::Catalogue& catalogue) {
  auto loaded = scenario::load_scenarios(or_everything({}),
                                         {.specs_root = specs_folder(), .catalogue = &catalogue});
  if (loaded) return std::move(loaded.value());
  std::cerr << to_string(loaded.error());
  return std::nullopt;
}

ExitStatus list_requirements(bool json) {
  const std::optional<scenario::Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  const auto scenarios = read_all_scenarios(*catalogue);
  if (!scenarios) return kUsageError;
  Json rows = Json::array();
  for (const JudgedRequirement& row : judges_of(*catalogue, *scenarios)) {
    const scenario::Requirement& requirement = *row.requirement;
    if (!json) {
      std::cout << fmt::format("{:<12} {:<11} {:<9} {}\n    {}\n", requirement.id,
                               requirement.level, requirement.section, requirement.text,
                               how_judged(row));
      continue;
    }
    Json entry{
        {"id", requirement.id},     {"level", requirement.level}, {"section", requirement.section},
        {"text", requirement.text}, {"rules", row.rules},         {"scenarios", row.scenarios}};
    if (!requirement.untestable.empty()) entry["untestable"] = requirement.untestable;
    rows.push_back(std::move(entry));
  }
  return json ? print(rows) : kAllHeld;
}

ExitStatus list_rules(bool json) {
  Json rows = Json::array();
  for (const monitor::Rule& rule : monitor::all_rules()) {
    if (!json) {
      fmt::print("{:<34} {:<40} {:<7} {}\n", rule.name, rule.requirement,
                 monitor::to_string(rule.level), rule.sentence);
      continue;
    }
    rows.push_back({{"name", rule.name},
                    {"requirement", rule.requirement},
                    {"level", monitor::to_string(rule.level)},
                    {"section", rule.section},
                    {"sentence", rule.sentence}});
  }
  return json ? print(rows) : kAllHeld;
}

/// `target` is how `--target` names each, with NAME for its name.
void list_faults_of(std::string_view target, std::span<const adapter::NamedFault> faults,
                    Json* rows) {
  constexpr std::string_view kName = "NAME";
  for (const adapter::NamedFault& fault : faults) {
    if (rows == nullptr) {
      std::cout << fmt::format("{:<34} {:<20} {:<40} {}\n", fault.name, target, fault.requirement,
                               fault.summary);
      continue;
    }
    std::string named(target);
    named.replace(named.find(kName), kName.size(), fault.name);
    rows->push_back({{"name", fault.name},
                     {"target", named},
                     {"requirement", fault.requirement},
                     {"sentence", fault.summary}});
  }
}

ExitStatus list_faults(bool json) {
  Json rows = Json::array();
  Json* const into = json ? &rows : nullptr;
  for (const adapter::Target& target : adapter::targets()) {
    list_faults_of(fmt::format("{}:fault=NAME", target.name), target.faults, into);
  }
  list_faults_of("fault=NAME,TARGET", adapter::wire_faults(), into);
  return json ? print(rows) : kAllHeld;
}

ExitStatus list_bugs(bool json) {
  const auto bugs = read_bugs();
  if (!bugs) {
    std::cerr << to_string(bugs.error());
    return kUsageError;
  }
  Json rows = Json::array();
  for (const scenario::Bug& bug : bugs.value().bugs) {
    std::vector<std::string> scenarios;
    for (const auto& [id, place] : bug.scenarios) scenarios.push_back(id);
    if (!json) {
      const std::string how = scenarios.empty() ? "not playable: " + bug.not_playable
                                                : fmt::format("{}", fmt::join(scenarios, ", "));
      std::cout << fmt::format("{:<34} {} ({})\n    {}\n    {}\n", bug.id, bug.stack, bug.reference,
                               bug.broke, how);
      continue;
    }
    Json entry{{"id", bug.id},
               {"stack", bug.stack},
               {"reference", bug.reference},
               {"broke", bug.broke},
               {"scenarios", scenarios}};
    if (!bug.fault.empty()) entry["fault"] = bug.fault;
    if (!bug.not_playable.empty()) entry["not_playable"] = bug.not_playable;
    rows.push_back(std::move(entry));
  }
  return json ? print(rows) : kAllHeld;
}

ExitStatus list_scenarios(bool json) {
  const std::optional<scenario::Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  const auto scenarios = read_all_scenarios(*catalogue);
  if (!scenarios) return kUsageError;
  Json rows = Json::array();
  for (const scenario::Scenario& scenario : *scenarios) {
    if (!json) {
      std::cout << fmt::format("{}\n    {}\n", scenario.id, scenario.claim);
      continue;
    }
    Json instances = Json::array();
    for (const scenario::Instance& instance : scenario.instances) instances.push_back(instance.id);
    rows.push_back({{"id", scenario.id},
                    {"file", scenario.file},
                    {"claim", scenario.claim},
                    {"covers", scenario.covers},
                    {"instances", std::move(instances)}});
  }
  return json ? print(rows) : kAllHeld;
}

}  // namespace

ExitStatus list_command(const ListArguments& arguments) {
  switch (arguments.what) {
    case ListArguments::What::Targets:
      return list_targets(arguments.json);
    case ListArguments::What::Requirements:
      return list_requirements(arguments.json);
    case ListArguments::What::Rules:
      return list_rules(arguments.json);
    case ListArguments::What::Faults:
      return list_faults(arguments.json);
    case ListArguments::What::Bugs:
      return list_bugs(arguments.json);
    case ListArguments::What::Scenarios:
      return list_scenarios(arguments.json);
  }
  return kUsageError;
}

}  // namespace tcprove::cli
