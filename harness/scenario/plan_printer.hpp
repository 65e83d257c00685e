#pragma once

#include <string>
#include <string_view>

#include "harness/plan/plan.hpp"

namespace tcprove::scenario {

/// A scenario's text that compiles to `plan` again: what a generator found, for `tcprove run`.
///
/// `claim` becomes its comment. A plan that expects nothing ends in a step that any state meets,
/// because a scenario must observe something; the monitor is then the only judge.
/// Requires: relative numbers, no payload by value; steps that observe have their text as written.
std::string to_yaml(const plan::Plan& plan, std::string_view claim);

}  // namespace tcprove::scenario
