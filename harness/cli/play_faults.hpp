#pragma once

#include <functional>
#include <string>

#include "harness/cli/fault_sight.hpp"

namespace tcprove::cli {

/// What one play of a target with a fault showed that is not so without the fault.
struct Sighting {
  std::size_t fault = 0;
  std::size_t job = 0;
  FaultSight sight;

  /// Whether it shows that the suite judges the fault's requirement.
  [[nodiscard]] bool proves(const FaultPlays& plays) const {
    return sight.own_step && plays.may_prove(job, fault);
  }
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
