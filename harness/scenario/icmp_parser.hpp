#pragma once

#include <optional>

#include "harness/plan/plan.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {

/// Whether the value of a `send` names an ICMP error and no segment.
bool is_icmp(const Node& node);

/// Reads `ICMP port-unreachable seq=SND.UNA`. Errors: reported.
std::optional<plan::SendIcmp> parse_icmp(const Node& node, const StepContext& context,
                                         Problems& problems);

}  // namespace tcprove::scenario
