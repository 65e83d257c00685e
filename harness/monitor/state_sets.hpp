#pragma once

#include "harness/tcp/state.hpp"

namespace tcprove::monitor {

/// Whether `state` is all that `states` holds.
constexpr bool is_only(const tcp::States& states, tcp::State state) {
  return states.only() == state;
}

}  // namespace tcprove::monitor
