#pragma once

#include "harness/plan/plan.hpp"
#include "harness/scenario/blueprint.hpp"
#include "harness/scenario/matrix.hpp"

namespace tcprove::scenario {

/// The plan of one instance. Requires: a `choice` of the blueprint's matrix.
plan::Plan compile(const Blueprint& blueprint, const Choice& choice);

}  // namespace tcprove::scenario
