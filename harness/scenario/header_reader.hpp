#pragma once

#include "harness/scenario/blueprint.hpp"
#include "harness/scenario/problems.hpp"

namespace tcprove::scenario {

/// Reads every top-level key of `blueprint.root` into `blueprint`, but no step.
///
/// Answers the node under `steps`, or null. Errors: reported.
const Node* read_header(Blueprint& blueprint, const Catalogue* catalogue, Problems& problems);

}  // namespace tcprove::scenario
