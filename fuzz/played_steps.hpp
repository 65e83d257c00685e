#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/plan/plan.hpp"

namespace tcprove::fuzz {

/// What a step of a plan came to.
struct PlayedStep {
  base::Duration at{};       ///< When its stimulus came; of a wait and of an expectation, its end.
  std::size_t received = 0;  ///< Octets.
  std::vector<std::size_t> text;  ///< Octets of each segment that reached the stack.
};

/// Plays plans on a target in worker processes, the first `count` of `plan_of`, and answers what
/// the steps of each came to; of one that did not hold, or whose stack died, those before alone.
///
/// Requires: workers can be started.
std::vector<std::vector<PlayedStep>> play_steps(
    const std::string& target, std::size_t count,
    const std::function<plan::Plan(std::size_t)>& plan_of);

}  // namespace tcprove::fuzz
