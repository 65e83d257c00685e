#include <array>
#include <string>

#include <fmt/format.h>

#include "harness/report/campaign.hpp"
#include "harness/report/sarif_log.hpp"

namespace tcprove::report {
namespace {

SarifResult to_sarif(const CampaignFinding& finding) {
  return {.rule = finding.requirement.empty() ? finding.rule : finding.requirement,
          .rule_text = words_of(finding),
          .level = finding.level,
          .message = finding.state.empty()
                         ? finding.message
                         : fmt::format("{} [{}, {}]", finding.message, finding.rule, finding.state),
          .fingerprint = finding.name,
          .file = finding.file,
          .known_reason = finding.known_reason};
}

}  // namespace

void write_campaign_sarif(std::ostream& out, const CampaignResult& result) {
  SarifRun run{.version = result.version, .id = {}, .results = {}};
  for (const CampaignFinding& finding : result.findings) run.results.push_back(to_sarif(finding));
  write_sarif_log(out, std::array{run});
}

}  // namespace tcprove::report
