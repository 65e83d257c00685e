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
/// How people are told of one that is excused; no verdict of its own.
inline constexpr std::string_view kRequirementExcused = "xfail";
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
  // What the page shows beside it; all may be empty.
  std::string section = {};      ///< Of the RFC that the id belongs to.
  std::string text = {};         ///< What is required.
  std::string condition = {};    ///< When it binds.
  std::string stimulus = {};     ///< What to do to the stack.
  std::string expected = {};     ///< What must be seen then.
  std::string notes = {};        ///< What a judge should know.
  std::string untestable = {};   ///< Why nothing outside can show it.
  std::string not_offered = {};  ///< Why it does not bind the stack; empty where it does.
};

/// The verdict as reports for people show it: `xfail` where it is excused.
std::string_view shown_verdict(const RequirementResult& requirement);

/// Whether steps of the scenario did not hold and no requirement is named for it: a crash, say.
/// Then all that it covers count as violated.
bool fails_unnamed(const ScenarioResult& result);

/// Each requirement's verdict over all scenarios, in the order of `catalogue`.
///
/// It fails where any scenario or rule, also a known deviation, saw it violated, or where a step of
/// one that covers it did not hold and named no other; else it warns where a SHOULD was violated;
/// else it passes where the steps of one that covers it held; else it is not applicable where all
/// that cover it are unsupported or it does not bind the stack; else it is untested.
std::vector<RequirementResult> judge_requirements(std::span<const CatalogueRow> catalogue,
                                                  std::span<const ScenarioResult> scenarios);

}  // namespace tcprove::report
