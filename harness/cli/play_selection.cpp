#include "harness/cli/play_selection.hpp"

#include <filesystem>
#include <iostream>
#include <system_error>
#include <utility>

#include "harness/adapter/registry.hpp"
#include "harness/base/diagnostic.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove::cli {

namespace fs = std::filesystem;

std::optional<PlaySelection> select_plays(const std::vector<std::string>& selections,
                                          const scenario::Catalogue& catalogue) {
  auto loaded = scenario::load_scenarios(or_everything(selections),
                                         {.specs_root = specs_folder(), .catalogue = &catalogue});
  if (!loaded) {
    std::cerr << to_string(loaded.error());
    return std::nullopt;
  }
  PlaySelection selection{.scenarios = std::move(loaded.value()), .jobs = {}};
  for (const scenario::Scenario& scenario : selection.scenarios) {
    for (const scenario::Instance& instance : scenario.instances) {
      selection.jobs.push_back({.scenario = &scenario, .instance = &instance});
    }
  }
  return selection;
}

bool load_known_deviations(const std::string& target, const std::string& expected,
                           const scenario::Catalogue& catalogue,
                           std::optional<KnownDeviations>& known) {
  if (expected == "none") return true;
  fs::path path = expected;
  if (path.empty()) {
    // What is known of a stack that was built elsewhere is its author's, and named by --expected.
    if (adapter::is_foreign(target)) return true;
    path = specs_folder() / "expected" / (target + ".yaml");
    std::error_code error;
    if (!fs::exists(path, error)) return true;  // A stack that nobody has looked at yet.
  }
  auto loaded = read_expected(path, catalogue);
  if (!loaded) {
    std::cerr << to_string(loaded.error());
    return false;
  }
  known.emplace(std::move(loaded.value()));
  return true;
}

}  // namespace tcprove::cli
