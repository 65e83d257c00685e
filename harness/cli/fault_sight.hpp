#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/adapter/named_fault.hpp"
#include "harness/cli/play_jobs.hpp"
#include "harness/report/result.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/trial/judged_player.hpp"

namespace tcprove::cli {

/// What is played: every job on every target.
struct FaultPlays {
  const std::vector<PlayJob>& jobs;
  const std::vector<report::ScenarioResult>& correct;  ///< By job: without a fault.
  const std::vector<std::string>& targets;             ///< By fault.
  const std::vector<adapter::NamedFault>& faults;
  const scenario::Catalogue& catalogue;
  std::uint64_t seed = 1;
  std::size_t workers = 1;

  /// Whether the job's scenario covers what the fault breaks.
  [[nodiscard]] bool may_prove(std::size_t job, std::size_t fault) const;
};

/// What one play on a target with a fault shows that is not so without the fault.
struct FaultSight {
  report::Verdict steps = report::Verdict::Pass;  ///< Fail, Warn or Error; Pass where they held.
  std::string reason;                             ///< Why the steps did not hold.
  std::string rule;                               ///< That spoke first; empty where none did.
  bool own_step = false;  ///< What did not hold is a step of the claim's own.
  bool own_rule = false;  ///< A rule spoke in a step of its own.
  bool held = false;      ///< All steps held.
};

/// Plays the instance `job` and compares. An option that the stack does not take is no fault.
FaultSight look(const FaultPlays& plays, std::size_t job, trial::JudgedPlayer& player);

}  // namespace tcprove::cli
