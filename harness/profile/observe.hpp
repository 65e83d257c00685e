#pragma once

#include "harness/profile/facts.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::profile {

/// What `trace`, which begins with a stack's reset, tells of the stack's choices.
///
/// Measured is only what nothing else can have brought about: where a segment arrives or a call is
/// made in between, a time is no measurement.
Facts observe(const trace::Trace& trace);

}  // namespace tcprove::profile
