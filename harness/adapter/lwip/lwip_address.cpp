#include "harness/adapter/lwip/lwip_address.hpp"

#include <cstring>

#include <lwip/ip_addr.h>

namespace tcprove::adapter::lwip {

// Both sides keep an address in network order.

ip_addr to_lwip(const wire::IpAddress& address) {
  ip_addr_t lwip_address{};
  if (address.version == wire::IpVersion::V4) {
    lwip_address.type = IPADDR_TYPE_V4;
    std::memcpy(&lwip_address.u_addr.ip4.addr, address.octets.data(), 4);
  } else {
    lwip_address.type = IPADDR_TYPE_V6;
    std::memcpy(lwip_address.u_addr.ip6.addr, address.octets.data(), 16);
  }
  return lwip_address;
}

wire::IpAddress to_wire(const ip_addr& address) {
  wire::IpAddress wire_address;
  if (IP_IS_V6_VAL(address)) {
    wire_address.version = wire::IpVersion::V6;
    std::memcpy(wire_address.octets.data(), address.u_addr.ip6.addr, 16);
  } else {
    std::memcpy(wire_address.octets.data(), &address.u_addr.ip4.addr, 4);
  }
  return wire_address;
}

bool is_same(const ip_addr& address, const wire::IpAddress& other) {
  const bool v6 = IP_IS_V6_VAL(address);
  if (v6 != (other.version == wire::IpVersion::V6)) return false;
  return v6 ? std::memcmp(address.u_addr.ip6.addr, other.octets.data(), 16) == 0
            : std::memcmp(&address.u_addr.ip4.addr, other.octets.data(), 4) == 0;
}

wire::Endpoint to_wire(const ip_addr& address, std::uint16_t port) {
  return {.address = to_wire(address), .port = port};
}

}  // namespace tcprove::adapter::lwip
