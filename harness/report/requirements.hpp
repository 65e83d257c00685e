#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/result.hpp"

namespace tcprove::report {

inline constexpr std::string_view kRequirementPasses = "pass";
inline constexpr std::string_view kRequirementFails = "fail";
inline constexpr std::string_view kRequirementWarns = "warn";
inline constexpr std::string_view kRequirementUntested = "untested";
inline constexpr std::string_view kRequirementNotApplicable = "not-applicable";

/// All verdicts that a requirement can have, in the order of reports.
inline constexpr std::array kRequirementVerdicts{kRequirementPasses, kRequirementFails,
                                                 kRequirementWarns, kRequirementUntested,
                                                 kRequirementNotApplicable};

/// What a report needs to know of a requirement.
struct CatalogueRow {
  std::string id;                  ///< `MUST-13`.
  std::string level;               ///< `MUST`, `MUST NOT`, `SHOULD`, ….
  std::vector<std::string> rules;  ///< Of the monitor's, that judge it.
};

/// Each requirement's verdict over all scenarios, in the order of `catalogue`.
///
/// It fails where any scenario or rule, also a known deviation, saw it violated, or where a step of
/// one that covers it did not hold and named no other; else it warns where a SHOULD was violated;
/// else it passes where the steps of one that covers it held; else it is not applicable where all
/// that cover it are unsupported; else it is untested.
std::vector<RequirementResult> judge_requirements(std::span<const CatalogueRow> catalogue,
                                                  std::span<const ScenarioResult> scenarios);

}  // namespace tcprove::report
