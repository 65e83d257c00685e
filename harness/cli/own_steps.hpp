#pragma once

#include "harness/plan/plan.hpp"
#include "harness/trace/event.hpp"

namespace tcprove::cli {

/// Whether the step `index` is one of the claim and not of the way to where it begins: what is
/// `given`, or the way into a state. kNoStep is none.
bool is_own_step(const plan::Plan& plan, trace::StepIndex index);

}  // namespace tcprove::cli
