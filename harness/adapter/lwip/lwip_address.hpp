#pragma once

#include <cstdint>

#include "harness/wire/address.hpp"

struct ip_addr;

namespace tcprove::adapter::lwip {

/// lwIP's form of `address`, without a zone.
ip_addr to_lwip(const wire::IpAddress& address);

wire::IpAddress to_wire(const ip_addr& address);

/// Whether both are the same address.
bool is_same(const ip_addr& address, const wire::IpAddress& other);

wire::Endpoint to_wire(const ip_addr& address, std::uint16_t port);

}  // namespace tcprove::adapter::lwip
