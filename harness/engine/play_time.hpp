#pragma once

#include "harness/adapter/adapter.hpp"
#include "harness/plan/plan.hpp"

namespace tcprove::engine {

/// How long playing a plan may take by the stack's clock, as far as its text tells.
struct PlayTime {
  base::Duration least{};  ///< Each expectation is met as early as it may be.
  base::Duration most{};   ///< … as late.
};

PlayTime time_of(const plan::Plan& plan, const adapter::StackProfile& profile);

}  // namespace tcprove::engine
