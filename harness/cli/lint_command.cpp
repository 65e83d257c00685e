#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "harness/cli/commands.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove::cli {

ExitStatus lint_command(const LintArguments& arguments) {
  const std::optional<scenario::Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  const auto loaded =
      scenario::load_scenarios(or_everything(arguments.selections),
                               {.specs_root = specs_folder(), .catalogue = &*catalogue});
  if (!loaded) {
    fmt::print(stderr, "{}", to_string(loaded.error()));
    return kUsageError;
  }
  std::size_t instances = 0;
  for (const scenario::Scenario& scenario : loaded.value()) instances += scenario.instances.size();
  fmt::print("{} scenario(s), {} instance(s): no mistakes found\n", loaded.value().size(), instances);
  return kAllHeld;
}

}  // namespace tcprove::cli
