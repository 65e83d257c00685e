#pragma once

#include <span>

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor {

/// Every rule, in the order of the RFC's sections; what `tcprove list rules` prints.
std::span<const Rule> all_rules();

/// Those of one hook.
std::span<const Rule> rules_of(Hook hook);

}  // namespace tcprove::monitor
