#pragma once

#include <string>

#include "harness/cli/play_faults.hpp"
#include "harness/trial/judged_player.hpp"

namespace tcprove::cli {

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
