#pragma once

#include "harness/base/virtual_time.hpp"

namespace tcprove::engine {

/// What a plan says nothing of, and what no verdict may depend on.
struct Conditions {
  /// What the stack's clock shows at its reset. Requires where not zero: Capability::SetClock.
  base::Duration clock{};
  /// Segments that are sent together (batch_end()) are all delivered before the stack is settled
  /// and its answers are read.
  bool batch = false;

  bool operator==(const Conditions&) const = default;
};

}  // namespace tcprove::engine
