#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/plan/plan.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {

/// The most octets that a call sends or receives.
inline constexpr std::int64_t kCallOctetsMax = 1'048'576;

/// Reads the value of `call`, and of the `result` beside it, which is null where there is none.
/// Errors: reported.
std::optional<plan::Call> parse_call(const Node& node, const Node* result,
                                     const StepContext& context, Problems& problems);

/// Reads the value of `receive`. Errors: reported.
std::optional<plan::Call> parse_receive(const Node& node, const StepContext& context,
                                        Problems& problems);

}  // namespace tcprove::scenario
