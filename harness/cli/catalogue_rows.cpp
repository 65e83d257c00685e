#include "harness/cli/catalogue_rows.hpp"

#include <utility>

#include "harness/monitor/rules.hpp"

namespace tcprove::cli {

std::vector<report::CatalogueRow> catalogue_rows(const scenario::Catalogue& catalogue) {
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
    for (const monitor::Rule& rule : monitor::all_rules()) {
      if (rule.requirement == requirement.id) row.rules.emplace_back(rule.name);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tcprove::cli
