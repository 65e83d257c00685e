#include "harness/wire/address.hpp"

#include <algorithm>

#include <arpa/inet.h>

namespace tcprove::wire {
namespace {

int family_of(IpVersion version) { return version == IpVersion::V4 ? AF_INET : AF_INET6; }

}  // namespace

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(family_of(address.version), address.octets.data(), text.data(), text.size());
  return text.data();
}

IpAddress ipv4_address(std::uint32_t octets) {
  IpAddress address;
  for (std::size_t i = 0; i < 4; ++i) {
    address.octets.at(i) = static_cast<std::uint8_t>(octets >> (24 - 8 * i));
  }
  return address;
}

std::uint32_t ipv4_octets(const IpAddress& address) {
  std::uint32_t octets = 0;
  for (std::size_t i = 0; i < 4; ++i) octets = octets << 8U | address.octets.at(i);
  return octets;
}

std::optional<IpAddress> parse_address(std::string_view text) {
  // inet_pton wants a terminator, and would take one inside the text for the end.
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  std::ranges::copy(text, terminated.begin());
  for (const IpVersion version : {IpVersion::V4, IpVersion::V6}) {
    IpAddress address{.version = version};
    if (inet_pton(family_of(version), terminated.data(), address.octets.data()) == 1) {
      return address;
    }
  }
  return std::nullopt;
}

}  // namespace tcprove::wire
