#pragma once

#include <optional>
#include <string>
#include <variant>

#include "harness/plan/plan.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {

using Expectation = std::variant<plan::Expect, plan::ExpectNothing>;

/// Reads the value of `expect` or `exactly`: a segment with or without `within`, or (expect only)
/// `nothing for 500ms`. Errors: reported.
std::optional<Expectation> parse_expectation(const Node& node, bool exactly,
                                             const StepContext& context, Problems& problems);

/// Reads the value of `one-of`. Errors: reported.
std::optional<plan::OneOf> parse_one_of(const Node& node, const StepContext& context,
                                        Problems& problems);

/// Sets `lost` as the key beside an `expect` says; `lost` is null where there is none.
void read_lost(const Node* lost, Expectation& expectation, Problems& problems);

/// The expectation as it stands in a step: `expect: ACK seq=1 within 0s..3s`.
std::string to_text(const Expectation& expectation);

}  // namespace tcprove::scenario
