#pragma once

#include <optional>
#include <string>
#include <variant>

#include "harness/plan/plan.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {

/// What the stack is expected to do, and how a step says it: `expect: ACK seq=1 within 3s`.
struct Expectation {
  std::variant<plan::Expect, plan::ExpectNothing> action;
  std::string text;
};

/// Reads the value of `expect` or `exactly` (a segment with or without `within`; for `expect` also
/// `nothing for 500ms`), and of the `lost` beside it, which is null where there is none.
/// Errors: reported.
std::optional<Expectation> parse_expectation(const Node& node, bool exactly, const Node* lost,
                                             const StepContext& context, Problems& problems);

/// What the stack may do, and how a step says it.
struct Alternatives {
  plan::OneOf action;
  std::string text;
};

/// Reads the value of `one-of`. Errors: reported.
std::optional<Alternatives> parse_one_of(const Node& node, const StepContext& context,
                                         Problems& problems);

}  // namespace tcprove::scenario
