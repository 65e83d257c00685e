#pragma once

#include <cstddef>

#include "harness/monitor/shadow_tcb.hpp"
#include "harness/trace/event.hpp"

namespace tcprove::monitor {

// As follow.hpp, for what a user sets (RFC 9293 sections 3.7 to 3.9).

/// The user has set an option of the connection's, and the stack took it.
void follow_setting(ShadowTcb& tcb, const trace::Event& event);

/// After anything happened to the connection: how long may it be idle without a keep-alive?
void owe_keep_alive(ShadowTcb& tcb, base::Instant at, std::size_t event);

/// Likewise: must what waits be sent because Nagle's algorithm is off?
void owe_undelayed_data(ShadowTcb& tcb, base::Instant at, std::size_t event);

}  // namespace tcprove::monitor
