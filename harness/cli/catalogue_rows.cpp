#include "harness/cli/catalogue_rows.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "harness/monitor/rules.hpp"
#include "harness/trial/stack_facts.hpp"

namespace tcprove::cli {

namespace {

/// Where every rule that judges a requirement needs a capability that the stack does not offer.
std::string reason_of(const std::vector<const monitor::Rule*>& rules,
                      const adapter::StackProfile& profile) {
  for (const monitor::Rule* rule : rules) {
    const auto needed = trial::needed_capability(*rule);
    if (!needed || profile.capabilities.has(*needed)) return {};
  }
  if (rules.empty()) return {};
  return fmt::format("{} does not offer {}", profile.name,
                     to_string(*trial::needed_capability(*rules.front())));
}

}  // namespace

std::vector<report::CatalogueRow> catalogue_rows(const scenario::Catalogue& catalogue,
                                                 const adapter::StackProfile* profile) {
  std::vector<report::CatalogueRow> rows;
  for (const scenario::Requirement& requirement : catalogue.all()) {
    report::CatalogueRow row{.id = requirement.id,
                             .level = requirement.level,
                             .rules = {},
                             .section = requirement.section,
                             .text = requirement.text,
                             .condition = requirement.condition,
                             .stimulus = requirement.stimulus,
                             .expected = requirement.expected,
                             .notes = requirement.notes,
                             .untestable = requirement.untestable};
    std::vector<const monitor::Rule*> rules;
    for (const monitor::Rule& rule : monitor::all_rules()) {
      if (rule.requirement == requirement.id) rules.push_back(&rule);
    }
    for (const monitor::Rule* rule : rules) row.rules.emplace_back(rule->name);
    if (profile != nullptr) row.not_offered = reason_of(rules, *profile);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tcprove::cli
