#include "harness/adapter/kernel/chatter.hpp"

#include <cstddef>

#include <netinet/in.h>

namespace tcprove::adapter::kernel {
namespace {

constexpr std::size_t kV4Protocol = 9;
constexpr std::size_t kV6NextHeader = 6;
constexpr std::size_t kV6Header = 40;

/// ICMPv6 types below this are errors.
constexpr std::uint8_t kFirstInformational = 128;

}  // namespace

bool is_chatter(wire::Octets packet) {
  if (packet.empty()) return false;
  if (packet[0] >> 4U == 4) {
    return packet.size() > kV4Protocol && packet[kV4Protocol] == IPPROTO_IGMP;
  }
  if (packet.size() <= kV6Header) return false;
  // Multicast listener reports stand behind a hop-by-hop option (RFC 2710 section 3).
  if (packet[kV6NextHeader] == IPPROTO_HOPOPTS) return true;
  return packet[kV6NextHeader] == IPPROTO_ICMPV6 && packet[kV6Header] >= kFirstInformational;
}

}  // namespace tcprove::adapter::kernel
