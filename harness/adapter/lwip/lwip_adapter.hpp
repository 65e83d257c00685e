#pragma once

#include <memory>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::lwip {

/// lwIP by its raw API, unmodified, in this thread and in virtual time.
///
/// Lifetime: one at a time in a process, as lwIP keeps its state in global variables.
std::unique_ptr<Adapter> make_lwip_adapter();

}  // namespace tcprove::adapter::lwip
