#pragma once

#include <string>
#include <vector>

#include "harness/engine/outcome.hpp"
#include "harness/plan/plan.hpp"

namespace tcprove::cli {

/// What a play chose, in words: `RST,ACK`, `nothing`, `state: CLOSED`; only where the alternatives
/// differ in them. An outcome from a process that a stack has written in may name any step.
std::vector<std::string> choices_of(const plan::Plan& plan, const engine::Outcome& outcome);

}  // namespace tcprove::cli
