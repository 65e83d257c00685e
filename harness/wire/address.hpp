#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tcprove::wire {

enum class IpVersion : std::uint8_t { V4 = 4, V6 = 6 };

/// An IPv4 or IPv6 address in network order; an IPv4 one fills the first four octets, the rest are
/// 0.
struct IpAddress {
  IpVersion version = IpVersion::V4;
  alignas(std::uint64_t) std::array<std::uint8_t, 16> octets{};  ///< Aligned to compare as words.

  bool operator==(const IpAddress&) const = default;
};

/// `192.0.2.1`, `2001:db8::1` (RFC 5952).
std::string to_string(const IpAddress& address);

/// The IPv4 address whose first octet is the highest of `octets`, and back.
IpAddress ipv4_address(std::uint32_t octets);
std::uint32_t ipv4_octets(const IpAddress& address);

/// Nothing where the text is neither an IPv4 nor an IPv6 address.
std::optional<IpAddress> parse_address(std::string_view text);

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  bool operator==(const Endpoint&) const = default;
};

/// What names a connection (RFC 9293 section 3.3.1: the pair of sockets).
struct FourTuple {
  Endpoint stack;
  Endpoint peer;

  bool operator==(const FourTuple&) const = default;
};

}  // namespace tcprove::wire
