#pragma once

#include "harness/tcp/state.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::adapter::lwip {

/// As Adapter::state(), read from the lists in which lwIP keeps its TCBs.
tcp::State state_of(const wire::FourTuple& tuple);

}  // namespace tcprove::adapter::lwip
