#pragma once

#include <optional>

#include "harness/plan/plan.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {

/// Reads what stands behind `call: set`: `keep-alive on`, `user-timeout 100s`, `dscp 46`.
///
/// Errors: false; reported.
bool parse_setting(Cursor& cursor, plan::Call& call);

/// Reads the value of `report`: one of the stack's reports, or nothing. Errors: reported.
std::optional<plan::Call> parse_report(const Node& node, const StepContext& context,
                                       Problems& problems);

/// Reads the value of `urgent`: pending or none. Errors: reported.
std::optional<plan::Call> parse_urgent(const Node& node, const StepContext& context,
                                       Problems& problems);

}  // namespace tcprove::scenario
