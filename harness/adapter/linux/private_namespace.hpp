#pragma once

#include <optional>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::linux {

/// Moves the calling process to a network namespace that has nothing but a loopback device, and
/// that ends with the last process in it.
///
/// Who is not root enters a user namespace of its own with the first one.
/// Requires: the process has one thread.
/// Errors: what forbids it.
std::optional<AdapterError> enter_fresh_namespace();

}  // namespace tcprove::adapter::linux
