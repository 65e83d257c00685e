#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cli/known_deviations.hpp"
#include "harness/cli/play_jobs.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/scenario.hpp"

namespace tcprove::cli {

/// Every instance of the scenarios selected, in the order of their ids.
///
/// Lifetime: the jobs point into `scenarios`; to be moved, not copied.
struct PlaySelection {
  std::vector<scenario::Scenario> scenarios;
  std::vector<PlayJob> jobs;
};

/// Reads what `selections` name, all of specs_folder() where they are empty; nothing, with what is
/// wrong on standard error, where that cannot be done.
std::optional<PlaySelection> select_plays(const std::vector<std::string>& selections,
                                          const scenario::Catalogue& catalogue);

/// Reads the known deviations of `target` from the file `expected`; from its own below
/// specs_folder() where that is empty, if there is one; none at all where it is `none`. False, with
/// what is wrong on standard error, where a file cannot be read.
bool load_known_deviations(const std::string& target, const std::string& expected,
                           const scenario::Catalogue& catalogue,
                           std::optional<KnownDeviations>& known);

}  // namespace tcprove::cli
