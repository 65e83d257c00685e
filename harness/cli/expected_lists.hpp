#pragma once

#include <span>
#include <string>

#include "harness/base/result.hpp"
#include "harness/scenario/catalogue.hpp"

namespace tcprove::cli {

/// What is wrong with the lists below `expected/` in specs_folder(): of known deviations, those
/// that generated plans show included, of uncaught faults and of what is unproven.
///
/// `ids`: of the instances of all scenarios, one of which each entry about scenarios has to match.
base::Diagnostics check_expected_lists(std::span<const std::string> ids,
                                       const scenario::Catalogue& catalogue);

}  // namespace tcprove::cli
