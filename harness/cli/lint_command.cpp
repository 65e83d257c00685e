#include <algorithm>
#include <iostream>
#include <iterator>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "harness/cli/bugs.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/expected_lists.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/scenario/selection.hpp"
#include "harness/scenario/state_event_table.hpp"

namespace tcprove::cli {
namespace {

/// What is wrong with the list of bugs. A specs/ of somebody's own may have the project's catalogue
/// and none of its regressions.
base::Diagnostics check_bugs(const std::vector<scenario::Scenario>& scenarios) {
  const auto bugs = read_bugs();
  if (!bugs) return bugs.error();
  std::error_code error;
  if (!std::filesystem::is_directory(specs_folder() / "regressions", error)) return {};
  std::vector<std::string> ids;
  ids.reserve(scenarios.size());
  for (const scenario::Scenario& scenario : scenarios) ids.push_back(scenario.id);
  return bugs.value().unmatched(ids);
}

/// What is wrong with what lies in specs_folder() beside the scenarios.
base::Diagnostics check_the_rest(const std::vector<scenario::Scenario>& scenarios,
                                 const std::vector<std::string>& instances,
                                 const scenario::Catalogue& catalogue) {
  base::Diagnostics all = check_expected_lists(instances, catalogue);
  const auto table =
      scenario::load_state_event_table(specs_folder() / "catalogue/state-event", &catalogue);
  if (!table) std::ranges::copy(table.error(), std::back_inserter(all));
  std::ranges::copy(check_bugs(scenarios), std::back_inserter(all));
  return all;
}

}  // namespace

ExitStatus lint_command(const LintArguments& arguments) {
  const std::optional<scenario::Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  const auto loaded =
      scenario::load_scenarios(or_everything(arguments.selections),
                               {.specs_root = specs_folder(), .catalogue = &*catalogue});
  if (!loaded) {
    std::cerr << to_string(loaded.error());
    return kUsageError;
  }
  const std::vector<std::string> ids = scenario::instance_ids(loaded.value());
  if (arguments.selections.empty()) {
    const base::Diagnostics wrong = check_the_rest(loaded.value(), ids, *catalogue);
    std::cerr << to_string(wrong);
    if (!wrong.empty()) return kUsageError;
  }
  std::cout << fmt::format("{} scenario(s), {} instance(s): no mistakes found\n",
                           loaded.value().size(), ids.size());
  return kAllHeld;
}

}  // namespace tcprove::cli
