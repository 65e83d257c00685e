#pragma once

#include <memory>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::linux {

/// The TCP of the running kernel, in a network namespace of its own, on the real clock.
///
/// Its first reset() takes the process into a private namespace for good: meant for a worker.
std::unique_ptr<Adapter> make_linux_adapter();

}  // namespace tcprove::adapter::linux
