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

}  // namespace tcprove::report
