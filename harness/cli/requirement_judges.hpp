#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/scenario.hpp"

namespace tcprove::cli {

/// Who judges a requirement: rules of the monitor, scenarios, or nobody.
struct JudgedRequirement {
  const scenario::Requirement* requirement = nullptr;  ///< Never null; the catalogue's.
  std::vector<std::string_view> rules;                 ///< Names.
  std::vector<std::string> scenarios;                  ///< Ids.

  [[nodiscard]] bool judged() const { return !rules.empty() || !scenarios.empty(); }
};

/// Every requirement with its judges, in the catalogue's order. Lifetime: points into `catalogue`.
std::vector<JudgedRequirement> judges_of(const scenario::Catalogue& catalogue,
                                         const std::vector<scenario::Scenario>& scenarios);

/// `2 rules, 1 scenario`, `untestable: why`, or `nobody yet`.
std::string how_judged(const JudgedRequirement& requirement);

}  // namespace tcprove::cli
