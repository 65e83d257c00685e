#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "harness/wire/big_endian.hpp"
#include "harness/wire/checksum.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::wire {
namespace {

/// Next header values (RFC 8200 section 4).
enum NextHeader : std::uint8_t {
  kHopByHop = 0,
  kTcp = 6,
  kRouting = 43,
  kFragment = 44,
  kDestinationOptions = 60,
};

bool options_malformed(Octets options) {
  OptionReader reader(options);
  while (reader.next_raw()) {
  }
  return reader.malformed();
}

/// Requires: `tcp` is all that the IP header says is there.
void decode_tcp(Octets tcp, Packet& packet) {
  if (tcp.size() < kTcpHeaderOctets) {
    packet.flaws.add(Flaw::TcpHeaderShort);
    return;
  }
  const std::uint8_t* at = tcp.data();
  Segment& segment = packet.segment;
  segment.source_port = load16(at);
  segment.destination_port = load16(at + 2);
  segment.seq = SeqNum(load32(at + 4));
  segment.ack = SeqNum(load32(at + 8));
  segment.data_offset = static_cast<std::uint8_t>(at[12] >> 4U);
  segment.reserved = at[12] & 0x0fU;
  segment.ctl = Flags::from_octet(at[13]);
  segment.wnd = load16(at + 14);
  segment.checksum = load16(at + 16);
  segment.up = load16(at + 18);

  const std::size_t claimed = std::size_t{segment.data_offset} * 4;
  const std::size_t header = std::clamp(claimed, kTcpHeaderOctets, tcp.size());
  if (header != claimed) packet.flaws.add(Flaw::DataOffsetLies);
  segment.options = tcp.subspan(kTcpHeaderOctets, header - kTcpHeaderOctets);
  segment.payload = tcp.subspan(header);
  if (options_malformed(segment.options)) packet.flaws.add(Flaw::OptionsMalformed);
  if (tcp_checksum(packet.source, final_destination(packet), tcp) != 0) {
    packet.flaws.add(Flaw::TcpChecksum);
  }
}

void decode_ipv4(Octets octets, Packet& packet) {
  if (octets.size() < kIpv4HeaderOctets) {
    packet.flaws.add(Flaw::IpHeaderShort);
    return;
  }
  const std::uint8_t* at = octets.data();
  packet.traffic_class = at[1];
  packet.hop_limit = at[8];
  packet.protocol = at[9];
  std::copy_n(at + 12, 4, packet.source.octets.begin());
  std::copy_n(at + 16, 4, packet.destination.octets.begin());

  const std::size_t header = (at[0] & 0x0fU) * std::size_t{4};
  if (header < kIpv4HeaderOctets || header > octets.size()) {
    packet.flaws.add(Flaw::IpHeaderShort);
    return;
  }
  packet.ip_options = octets.subspan(kIpv4HeaderOctets, header - kIpv4HeaderOctets);
  ChecksumSum sum;
  sum.add(octets.first(header));
  if (sum.checksum() != 0) packet.flaws.add(Flaw::IpChecksum);

  const std::size_t total = load16(at + 2);
  if (total != octets.size()) packet.flaws.add(Flaw::IpLengthLies);
  constexpr std::uint16_t kMoreFragmentsAndOffset = 0x3fff;
  if ((load16(at + 6) & kMoreFragmentsAndOffset) != 0) {
    packet.flaws.add(Flaw::Fragment);
  } else if (packet.protocol != kTcp) {
    packet.flaws.add(Flaw::NotTcp);
  } else {
    const std::size_t end = std::clamp(total, header, octets.size());
    decode_tcp(octets.subspan(header, end - header), packet);
  }
}

/// Walks over the extension headers at the front of `rest`; false where one runs past the end.
bool skip_extension_headers(Packet& packet, Octets& rest) {
  std::uint8_t& next_header = packet.protocol;
  while (next_header == kHopByHop || next_header == kRouting ||
         next_header == kDestinationOptions) {
    if (rest.size() < 2) return false;
    const std::size_t size = (std::size_t{rest[1]} + 1) * 8;
    if (size > rest.size()) return false;
    if (next_header == kDestinationOptions) packet.ip_options = rest.subspan(2, size - 2);
    next_header = rest[0];
    rest = rest.subspan(size);
  }
  return true;
}

void decode_ipv6(Octets octets, Packet& packet) {
  packet.source.version = packet.destination.version = IpVersion::V6;
  if (octets.size() < kIpv6HeaderOctets) {
    packet.flaws.add(Flaw::IpHeaderShort);
    return;
  }
  const std::uint8_t* at = octets.data();
  packet.traffic_class = static_cast<std::uint8_t>(load16(at) >> 4U);
  packet.hop_limit = at[7];
  packet.protocol = at[6];
  std::copy_n(at + 8, 16, packet.source.octets.begin());
  std::copy_n(at + 24, 16, packet.destination.octets.begin());

  Octets rest = octets.subspan(kIpv6HeaderOctets);
  const std::size_t payload_length = load16(at + 4);
  if (payload_length != rest.size()) packet.flaws.add(Flaw::IpLengthLies);
  rest = rest.first(std::min(payload_length, rest.size()));
  if (!skip_extension_headers(packet, rest)) {
    packet.flaws.add(Flaw::IpHeaderShort);
  } else if (packet.protocol == kFragment) {
    packet.flaws.add(Flaw::Fragment);
  } else if (packet.protocol != kTcp) {
    packet.flaws.add(Flaw::NotTcp);
  } else {
    decode_tcp(rest, packet);
  }
}

}  // namespace

Packet decode(Octets packet) {
  Packet decoded;
  const int version = packet.empty() ? 0 : packet[0] >> 4U;
  if (version == 4) {
    decode_ipv4(packet, decoded);
  } else if (version == 6) {
    decode_ipv6(packet, decoded);
  } else {
    decoded.flaws.add(Flaw::NotIp);
  }
  return decoded;
}

std::string to_string(Flaws flaws) {
  static constexpr std::array<std::pair<Flaw, std::string_view>, 10> kWords{
      {{Flaw::NotIp, "neither IPv4 nor IPv6"},
       {Flaw::IpHeaderShort, "IP header cut short"},
       {Flaw::IpLengthLies, "IP length wrong"},
       {Flaw::IpChecksum, "IP header checksum wrong"},
       {Flaw::Fragment, "IP fragment"},
       {Flaw::NotTcp, "not TCP"},
       {Flaw::TcpHeaderShort, "TCP header cut short"},
       {Flaw::DataOffsetLies, "data offset wrong"},
       {Flaw::TcpChecksum, "TCP checksum wrong"},
       {Flaw::OptionsMalformed, "options malformed"}}};
  std::string text;
  for (const auto& [flaw, words] : kWords) {
    if (!flaws.has(flaw)) continue;
    if (!text.empty()) text += ", ";
    text += words;
  }
  return text;
}

}  // namespace tcprove::wire
