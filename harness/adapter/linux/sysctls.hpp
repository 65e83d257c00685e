#pragma once

#include <optional>
#include <string_view>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::linux {

/// Sets one sysctl of the process's network namespace: `ipv4/tcp_ecn`.
///
/// Errors: what the kernel says; a kernel that does not know the name is none.
std::optional<AdapterError> set_sysctl(std::string_view name, std::string_view value);

/// Sets what makes a kernel's TCP the same on every machine, and what keeps it from holding back
/// what the monitor waits for; the table in sysctls.cpp has a reason each.
std::optional<AdapterError> set_sysctls_of_a_play();

}  // namespace tcprove::adapter::linux
