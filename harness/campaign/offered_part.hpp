#pragma once

#include "harness/campaign/corpus.hpp"
#include "harness/plan/plan.hpp"
#include "harness/tcp/capability.hpp"

namespace tcprove::campaign {

/// The plan that `octets` stand for, with what its calls need: a stack that lacks some of it is not
/// played, as it would not be with the scenario that is printed of the plan.
plan::Plan scenario_plan_of(wire::Octets octets);

/// `octets` without the calls that a stack does not offer and without URGENT where it does not send
/// urgent data, so that the stack can be played; the same octets where nothing is in the way.
///
/// A stack may show something by a call that it never offered. Whether it still does is to be seen.
OctetVector offered_part(const OctetVector& octets, const tcp::Capabilities& offered);

}  // namespace tcprove::campaign
