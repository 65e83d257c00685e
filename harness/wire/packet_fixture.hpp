#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "harness/wire/packet.hpp"

namespace tcprove::wire {

inline constexpr std::array kBothVersions{IpVersion::V4, IpVersion::V6};

/// For tests: a packet between two documentation addresses, all fields of its segment distinct.
inline Packet packet_between(IpVersion version) {
  const bool v4 = version == IpVersion::V4;
  Packet packet;
  packet.source = *parse_address(v4 ? "192.0.2.1" : "2001:db8::1");
  packet.destination = *parse_address(v4 ? "198.51.100.2" : "2001:db8:0:1::2");
  packet.hop_limit = 61;
  packet.traffic_class = 0xb9;
  packet.segment = {.source_port = 7,
                    .destination_port = 40000,
                    .seq = SeqNum(0x01020304),
                    .ack = SeqNum(0xa0b0c0d0),
                    .reserved = 0,
                    .ctl = Flag::Psh | Flag::Ack,
                    .wnd = 0x1234,
                    .up = 0x0506,
                    .options = {},
                    .payload = {}};
  return packet;
}

inline std::vector<std::uint8_t> encoded(const Packet& packet, const Lies& lies = {}) {
  std::vector<std::uint8_t> octets;
  encode(packet, lies, octets);
  return octets;
}

/// Where the TCP header begins in what encode() wrote.
inline std::size_t tcp_begin(const Packet& packet) {
  return packet.source.version == IpVersion::V4 ? kIpv4HeaderOctets : kIpv6HeaderOctets;
}

}  // namespace tcprove::wire
