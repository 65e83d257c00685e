#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "harness/monitor/violation.hpp"
#include "harness/tcp/answered_cells.hpp"

namespace tcprove::report {

/// What a fuzzing campaign found once: the same rule broken in the same state is the same finding.
struct CampaignFinding {
  std::string name;         ///< Of its files, and nobody else's: it stays the same from run to run.
  std::string requirement;  ///< Of the catalogue; empty for a crash, a hang and an endless play.
  std::string rule;
  std::string state;
  std::string section;
  monitor::Level level = monitor::Level::Must;
  std::string message;
  std::string file;             ///< The scenario that shows it; empty where none was written.
  std::string known_reason;     ///< Why it is no news; empty where it is.
  bool replays = true;          ///< The scenario shows it again.
  bool shortened = true;        ///< Or the scenario is as it was found.
  std::uint64_t execution = 0;  ///< That showed it first, from 1.
};

/// All that a report of a campaign can tell.
struct CampaignResult {
  std::string version;  ///< tcprove's.
  std::string target;
  std::string target_version;
  std::uint64_t seed = 1;
  std::uint64_t executions = 0;
  tcp::AnsweredCells answered;
  std::vector<CampaignFinding> findings;  ///< By name, the new ones and the known ones.
};

/// `RFC 9293 §3.6.1`, or what else the finding is against.
std::string words_of(const CampaignFinding& finding);

/// In parentheses, why the finding's scenario is not a short one that shows it; else empty.
std::string doubt_of(const CampaignFinding& finding);

/// SARIF 2.1.0: a rule for each requirement that was missed, a result for each finding; those that
/// are known are suppressed, with the reason.
void write_campaign_sarif(std::ostream& out, const CampaignResult& result);

/// JUnit XML: a case for each finding, skipped where it is known; one that passes where there is
/// none.
void write_campaign_junit(std::ostream& out, const CampaignResult& result);

/// A table of the findings for a page of a CI system.
void write_campaign_markdown(std::ostream& out, const CampaignResult& result);

}  // namespace tcprove::report
