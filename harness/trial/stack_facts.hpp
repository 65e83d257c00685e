#pragma once

#include "harness/adapter/adapter.hpp"
#include "harness/monitor/stack_facts.hpp"

namespace tcprove::trial {

/// What the monitor must know of a stack, as its adapter's profile tells it, for traces that begin
/// with a reset.
monitor::StackFacts facts_of(const adapter::StackProfile& profile);

}  // namespace tcprove::trial
