#pragma once

#include <sys/socket.h>

#include "harness/wire/address.hpp"

namespace tcprove::adapter::kernel {

/// An address as the kernel's calls take it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress to_kernel(const wire::Endpoint& endpoint);
wire::Endpoint to_wire(const SocketAddress& address);

/// AF_INET or AF_INET6.
int family_of(wire::IpVersion ip);

}  // namespace tcprove::adapter::kernel
