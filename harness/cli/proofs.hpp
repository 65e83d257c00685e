#pragma once

#include <optional>
#include <vector>

#include "harness/cli/try_instances.hpp"
#include "harness/report/score.hpp"
#include "harness/scenario/unproven_file.hpp"

namespace tcprove::cli {

/// The requirements that need a proof or have a fault that breaks them, in the catalogue's order.
///
/// `proofs`, by fault: the first job that covers the fault's requirement and fails in a step of its
/// own.
std::vector<report::RequirementProof> requirement_proofs(
    const FaultPlays& plays, const std::vector<std::optional<std::size_t>>& proofs,
    const scenario::UnprovenList& list);

/// What the instances that hold without a fault came to, one of `trials` each. `all`: these are all
/// instances that there are, so that an entry of `list` can be stale.
report::InstanceScore instance_score(const FaultPlays& plays,
                                     const std::vector<InstanceTrial>& trials,
                                     const scenario::UnprovenList& list, bool all);

}  // namespace tcprove::cli
