#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/cli/fault_sight.hpp"

namespace tcprove::cli {

/// What it takes to make an instance fail that holds without a fault.
struct InstanceTrial {
  bool tried = false;   ///< It holds without a fault; else nothing can be said.
  bool step = false;    ///< Under some fault a step of its own does not hold.
  bool rule = false;    ///< Under some fault a rule speaks in its own steps.
  bool silent = false;  ///< Its steps hold also where nothing that the stack sends arrives.
};

/// Plays each instance on one faulty target after another, until a step of its own does not hold,
/// and on the correct one with a dead wire. Those of which `broken` knows already are spared the
/// faults; those that do not hold without a fault are spared all.
///
/// `done` is called once an instance, in the order in which they end; a crash breaks a step.
/// Errors: a sentence where no worker could be started.
std::string try_instances(const FaultPlays& plays, const std::vector<bool>& broken,
                          const std::string& correct_target,
                          const std::function<void(std::size_t job, const InstanceTrial&)>& done);

}  // namespace tcprove::cli
