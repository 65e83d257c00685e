#include "harness/report/campaign.hpp"

#include "harness/report/document.hpp"

namespace tcprove::report {

std::string words_of(const CampaignFinding& finding) {
  if (finding.requirement.empty()) return "the stack's process";
  monitor::Violation violation;
  violation.requirement = finding.requirement;
  violation.section = finding.section;
  return citation(violation, true);
}

std::string doubt_of(const CampaignFinding& finding) {
  if (finding.shortened && finding.replays) return {};
  return finding.replays ? " (as it was found: what was shorter does not show it again)"
                         : " (as it was found: does not show it again when played alone)";
}

}  // namespace tcprove::report
