#pragma once

#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "harness/monitor/violation.hpp"

namespace tcprove::report {

/// One result of a SARIF log, with what the log must know of its rule.
struct SarifResult {
  std::string rule;       ///< The requirement that was missed, or what else must not happen.
  std::string rule_text;  ///< Of the first result with this rule.
  monitor::Level level = monitor::Level::Must;
  std::string message;
  std::string fingerprint;  ///< The same from run to run, and of no other result.
  std::string file;         ///< Empty: nowhere.
  int line = 1;
  std::string known_reason;  ///< Why it is no news; empty where it is.
};

/// What one tool run found.
struct SarifRun {
  std::string version;  ///< tcprove's.
  std::string id;       ///< Tells it from the log's other runs; empty where there is one alone.
  std::vector<SarifResult> results;
};

/// SARIF 2.1.0: a rule for each requirement that was missed; what is known is suppressed, with the
/// reason.
void write_sarif_log(std::ostream& out, std::span<const SarifRun> runs);

}  // namespace tcprove::report
