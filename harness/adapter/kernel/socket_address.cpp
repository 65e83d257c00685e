#include "harness/adapter/kernel/socket_address.hpp"

#include <cstring>

#include <netinet/in.h>

namespace tcprove::adapter::kernel {

int family_of(wire::IpVersion ip) { return ip == wire::IpVersion::V4 ? AF_INET : AF_INET6; }

SocketAddress to_kernel(const wire::Endpoint& endpoint) {
  SocketAddress address;
  if (endpoint.address.version == wire::IpVersion::V4) {
    sockaddr_in v4{.sin_family = AF_INET, .sin_port = htons(endpoint.port)};
    std::memcpy(&v4.sin_addr, endpoint.address.octets.data(), sizeof v4.sin_addr);
    std::memcpy(&address.storage, &v4, sizeof v4);
    address.size = sizeof v4;
    return address;
  }
  sockaddr_in6 v6{.sin6_family = AF_INET6, .sin6_port = htons(endpoint.port)};
  std::memcpy(&v6.sin6_addr, endpoint.address.octets.data(), sizeof v6.sin6_addr);
  std::memcpy(&address.storage, &v6, sizeof v6);
  address.size = sizeof v6;
  return address;
}

wire::Endpoint to_wire(const SocketAddress& address) {
  wire::Endpoint endpoint;
  if (address.storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address.storage, sizeof v4);
    std::memcpy(endpoint.address.octets.data(), &v4.sin_addr, sizeof v4.sin_addr);
    endpoint.port = ntohs(v4.sin_port);
    return endpoint;
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address.storage, sizeof v6);
  endpoint.address.version = wire::IpVersion::V6;
  std::memcpy(endpoint.address.octets.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
  endpoint.port = ntohs(v6.sin6_port);
  return endpoint;
}

}  // namespace tcprove::adapter::kernel
