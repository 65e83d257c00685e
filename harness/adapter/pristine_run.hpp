#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter {

/// What a stack emitted, and when: what tests compare.
using Emissions = std::vector<std::pair<base::Instant, std::vector<std::uint8_t>>>;

/// Empties `outbox`.
Emissions taken(Outbox& outbox);

/// What `stack`, reset for this, emits in both roles, with data both ways, retransmissions and
/// closes.
///
/// Requires: Capability::VirtualTime.
Emissions emissions_of_a_run(Adapter& stack, wire::IpVersion ip, std::uint64_t seed = 1);

}  // namespace tcprove::adapter
