#pragma once

#include <set>
#include <string>

#include "harness/testing/tidy/finding.hpp"

namespace tcprove::testing::tidy {

/// The ids of the requirements that a file of specs/catalogue/ lists.
std::set<std::string> catalogue_ids(const File& catalogue);

/// Whether the file at `path` is a scenario, by its place under specs/.
bool is_scenario(std::string_view path);

/// A scenario that makes no claim in its first line, or whose `covers` names what the catalogue
/// does not list.
Findings check_scenario(const File& scenario, const std::set<std::string>& ids);

/// A known deviation in specs/expected/ that gives no reason or no section.
Findings check_expected(const File& expected);

}  // namespace tcprove::testing::tidy
