#include "harness/report/requirements.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

namespace tcprove::report {
namespace {

/// What the scenarios showed of one requirement.
struct Evidence {
  bool violated = false;
  bool warned = false;
  bool unexcused = false;  ///< By some scenario that is no known deviation.
  bool held = false;
  bool inconclusive = false;
  std::string unsupported;  ///< The first reason.
};

class Evidences {
 public:
  explicit Evidences(std::span<const CatalogueRow> catalogue) : all_(catalogue.size()) {
    for (std::size_t i = 0; i < catalogue.size(); ++i) index_.emplace(catalogue[i].id, i);
  }

  void add(const ScenarioResult& result) {
    for (const monitor::Violation& violation : result.violations) {
      Evidence* evidence = find(violation.requirement);
      if (evidence == nullptr) continue;
      if (violation.level == monitor::Level::Must) evidence->violated = true;
      if (violation.level == monitor::Level::Should) evidence->warned = true;
      if (violation.level != monitor::Level::May) add_excuse(result, *evidence);
    }
    for (const std::string& id : result.requirements) {
      if (Evidence* evidence = find(id)) add_covering(result, *evidence);
    }
  }

  [[nodiscard]] const Evidence& operator[](std::size_t row) const { return all_[row]; }

 private:
  Evidence* find(std::string_view id) {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &all_[found->second];
  }

  static void add_covering(const ScenarioResult& result, Evidence& evidence) {
    if (result.steps_held) {
      // What a rule complained of stands by its own requirement.
      evidence.held = true;
      return;
    }
    // A scenario whose step names what it saw violated says nothing of the rest that it covers.
    if (fails_unnamed(result)) {
      evidence.violated = true;
      add_excuse(result, evidence);
    }
    switch (result.verdict) {
      case Verdict::Fail:
      case Verdict::Warn:
      case Verdict::Xfail:
        break;
      case Verdict::Unsupported:
        if (evidence.unsupported.empty()) evidence.unsupported = result.reason;
        break;
      case Verdict::Pass:
      case Verdict::Xpass:
      case Verdict::Inconclusive:
      case Verdict::Error:
        evidence.inconclusive = true;
        break;
    }
  }

  static void add_excuse(const ScenarioResult& result, Evidence& evidence) {
    if (result.verdict != Verdict::Xfail) evidence.unexcused = true;
  }

  std::map<std::string_view, std::size_t> index_;
  std::vector<Evidence> all_;
};

void judge(const Evidence& evidence, const CatalogueRow& about, RequirementResult& row) {
  if (evidence.violated) {
    row.verdict = kRequirementFails;
    row.excused = !evidence.unexcused;
  } else if (evidence.warned) {
    row.verdict = kRequirementWarns;
    row.excused = !evidence.unexcused;
  } else if (evidence.held) {
    row.verdict = kRequirementPasses;
  } else if (evidence.inconclusive) {
    row.verdict = kRequirementUntested;
    row.reason = "no scenario that covers it came to a verdict";
  } else if (!evidence.unsupported.empty()) {
    row.verdict = kRequirementNotApplicable;
    row.reason = evidence.unsupported;
  } else if (!about.not_offered.empty()) {
    row.verdict = kRequirementNotApplicable;
    row.reason = about.not_offered;
  } else if (!about.untestable.empty()) {
    row.verdict = kRequirementUntested;
    row.reason = "untestable: " + about.untestable;
  } else {
    row.verdict = kRequirementUntested;
    row.reason = row.rules.empty() ? "no scenario covers it"
                                   : "no scenario covers it; its rule found nothing";
  }
}

}  // namespace

std::string_view shown_verdict(const RequirementResult& requirement) {
  return requirement.excused ? kRequirementExcused : std::string_view(requirement.verdict);
}

bool fails_unnamed(const ScenarioResult& result) {
  const bool speaks = result.verdict == Verdict::Fail || result.verdict == Verdict::Warn ||
                      result.verdict == Verdict::Xfail;
  return speaks && !result.steps_held &&
         std::ranges::none_of(result.violations, [](const monitor::Violation& violation) {
           return violation.rule == monitor::kScenarioItself;
         });
}

std::vector<RequirementResult> judge_requirements(std::span<const CatalogueRow> catalogue,
                                                  std::span<const ScenarioResult> scenarios) {
  Evidences evidences(catalogue);
  for (const ScenarioResult& result : scenarios) evidences.add(result);
  std::vector<RequirementResult> rows;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    RequirementResult row{.id = catalogue[i].id,
                          .level = catalogue[i].level,
                          .verdict = "",
                          .reason = "",
                          .rules = catalogue[i].rules};
    judge(evidences[i], catalogue[i], row);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tcprove::report
