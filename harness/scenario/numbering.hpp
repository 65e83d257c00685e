#pragma once

#include <cstdint>
#include <optional>

#include "harness/plan/plan.hpp"

namespace tcprove::scenario {

/// The initial sequence numbers of both sides.
struct InitialNumbers {
  std::optional<std::uint32_t> stack;  ///< Nothing where the stack chooses.
  std::uint32_t peer = 0;
};

/// Turns the step's sequence numbers from relative to absolute ones, as a scenario in absolute
/// numbers needs of its fragments. Numbers that begin with a symbol are absolute there already.
void make_absolute(plan::Step& step, InitialNumbers iss);

}  // namespace tcprove::scenario
