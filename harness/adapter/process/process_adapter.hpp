#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "harness/adapter/adapter.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter::process {

/// How a target begins that names a child process; its command follows.
inline constexpr std::string_view kPrefix = "exec:";

/// The stack behind a child process that speaks the protocol of README.md on its standard input and
/// output. One that has died or lost the thread is started anew by the next reset().
///
/// Errors: it cannot be started, or does not introduce itself.
base::Result<std::unique_ptr<Adapter>, AdapterError> start_process(const std::string& command);

}  // namespace tcprove::adapter::process
