#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/adapter/named_fault.hpp"
#include "harness/cli/play_jobs.hpp"
#include "harness/report/result.hpp"
#include "harness/scenario/catalogue.hpp"

namespace tcprove::cli {

/// What one play of a target with a fault showed that is not so without the fault.
struct Sighting {
  std::size_t fault = 0;
  std::size_t job = 0;
  report::Verdict steps = report::Verdict::Pass;  ///< Fail, Warn or Error; Pass where they held.
  std::string reason;                             ///< Why the steps did not hold.
  std::string rule;                               ///< That spoke first; empty where none did.
  bool own_step = false;                          ///< What did not hold is no step of the way.
};

/// What is played: every job on every target.
struct FaultPlays {
  const std::vector<PlayJob>& jobs;
  const std::vector<report::ScenarioResult>& correct;  ///< By job: without a fault.
  const std::vector<std::string>& targets;             ///< By fault.
  const std::vector<adapter::NamedFault>& faults;
  const scenario::Catalogue& catalogue;
  std::uint64_t seed = 1;
  std::size_t workers = 1;
};

struct FaultEvents {
  std::function<void(const Sighting&)> seen;
  std::function<void(std::size_t plays)> progress;  ///< So many are over.
};

/// Plays a target after the other in worker processes, one until its steps do not hold somewhere,
/// a rule speaks somewhere and a scenario that covers the fault's requirement fails in a step of
/// its own, if there is one; or it crashes or hangs. Sightings come in the order in which plays
/// end; the first of each kind by job is the same however many workers there are, where what comes
/// behind the first crash or hang of a fault is not counted.
///
/// Errors: a sentence where no worker could be started.
std::string play_faults(const FaultPlays& plays, const FaultEvents& events);

}  // namespace tcprove::cli
