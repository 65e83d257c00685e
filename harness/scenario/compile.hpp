#pragma once

#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/scenario/blueprint.hpp"
#include "harness/scenario/matrix.hpp"

namespace tcprove::scenario {

/// Adds to `needs` the capabilities that a step of a plan with these connections implies.
void add_needs_of(const plan::Step& step, const std::vector<plan::Connection>& connections,
                  tcp::Capabilities& needs);

/// Adds to what a plan needs the capabilities that its steps imply.
void add_needs_of_steps(plan::Plan& plan);

/// The plan of one instance. Requires: a `choice` of the blueprint's matrix.
plan::Plan compile(const Blueprint& blueprint, const Choice& choice);

}  // namespace tcprove::scenario
