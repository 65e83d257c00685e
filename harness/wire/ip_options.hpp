#pragma once

#include <cstdint>
#include <optional>

#include "harness/wire/packet.hpp"

namespace tcprove::wire {

/// Lifetime: `data` is a view of the packet's IP options.
struct IpOption {
  std::uint8_t kind = 0;
  Octets data;  ///< Behind kind and length.
};

/// Reads Packet::ip_options one by one, padding aside: options of an IPv4 header (RFC 791 section
/// 3.1), or those of an IPv6 extension header (RFC 8200 section 4.2).
class IpOptionReader {
 public:
  explicit IpOptionReader(const Packet& packet)
      : rest_(packet.ip_options), v4_(packet.source.version == IpVersion::V4) {}

  /// Nothing at the end, or where what follows is malformed.
  std::optional<IpOption> next();

 private:
  Octets rest_;
  bool v4_;
};

}  // namespace tcprove::wire
