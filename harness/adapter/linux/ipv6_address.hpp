#pragma once

#include <optional>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::linux {

/// Gives a device an IPv6 address, with a /64, and waits until the kernel takes packets to it.
std::optional<AdapterError> add_ipv6_address(const wire::IpAddress& address, int device_index);

}  // namespace tcprove::adapter::linux
