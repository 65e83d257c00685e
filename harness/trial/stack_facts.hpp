#pragma once

#include <optional>

#include "harness/adapter/adapter.hpp"
#include "harness/monitor/rule.hpp"
#include "harness/monitor/stack_facts.hpp"
#include "harness/tcp/capability.hpp"

namespace tcprove::trial {

/// What the monitor must know of a stack, as its adapter's profile tells it, for traces that begin
/// with a reset.
monitor::StackFacts facts_of(const adapter::StackProfile& profile);

/// The capability without which a rule binds no stack; nothing where it binds all.
std::optional<tcp::Capability> needed_capability(const monitor::Rule& rule);

}  // namespace tcprove::trial
