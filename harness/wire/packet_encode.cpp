#include <algorithm>

#include "harness/base/check.hpp"
#include "harness/wire/big_endian.hpp"
#include "harness/wire/checksum.hpp"
#include "harness/wire/packet.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::wire {
namespace {

constexpr std::size_t kOptionsOctetsMax = 40;
constexpr std::size_t kIpLengthMax = 65535;

/// IPv6's next header for Destination Options (RFC 8200 section 4.6) and its two octets before
/// them.
constexpr std::uint8_t kDestinationOptions = 60;
constexpr std::size_t kExtensionHeadOctets = 2;

/// What the sizes of options and payload make of the packet.
struct Layout {
  std::size_t ip_header = 0;  ///< With IP options, or the extension header that holds them.
  std::size_t tcp_header = 0;
  std::size_t tcp = 0;  ///< Header and data.

  [[nodiscard]] std::size_t total() const { return ip_header + tcp; }
};

/// What IP options take up with what goes around them.
std::size_t ip_options_room(const Packet& packet) {
  const std::size_t octets = packet.ip_options.size();
  if (octets == 0) return 0;
  if (packet.source.version == IpVersion::V4) return (octets + 3) / 4 * 4;
  return (kExtensionHeadOctets + octets + 7) / 8 * 8;
}

Layout lay_out(const Packet& packet) {
  const std::size_t options_padded = (packet.segment.options.size() + 3) / 4 * 4;
  Layout layout;
  layout.ip_header =
      (packet.source.version == IpVersion::V4 ? kIpv4HeaderOctets : kIpv6HeaderOctets) +
      ip_options_room(packet);
  layout.tcp_header = kTcpHeaderOctets + options_padded;
  layout.tcp = layout.tcp_header + packet.segment.payload.size();
  return layout;
}

void write_ipv4(const Packet& packet, std::uint16_t total_length, std::uint8_t* at) {
  // The identification stays 0: a datagram that forbids fragmentation needs none (RFC 6864).
  constexpr std::uint16_t kDontFragment = 0x4000;
  const std::size_t header = kIpv4HeaderOctets + ip_options_room(packet);
  at[0] = static_cast<std::uint8_t>(0x40U | (header / 4));
  at[1] = packet.traffic_class;
  store16(at + 2, total_length);
  store16(at + 6, kDontFragment);
  at[8] = packet.hop_limit;
  at[9] = packet.protocol;
  std::copy_n(packet.source.octets.begin(), 4, at + 12);
  std::copy_n(packet.destination.octets.begin(), 4, at + 16);
  std::ranges::copy(packet.ip_options, at + kIpv4HeaderOctets);
  ChecksumSum sum;
  sum.add(Octets(at, header));
  store16(at + 10, sum.checksum());
}

void write_ipv6(const Packet& packet, std::uint16_t payload_length, std::uint8_t* at) {
  store16(at, static_cast<std::uint16_t>(0x6000U | (unsigned{packet.traffic_class} << 4U)));
  store16(at + 4, payload_length);
  const std::size_t extension = ip_options_room(packet);
  at[6] = extension == 0 ? packet.protocol : kDestinationOptions;
  at[7] = packet.hop_limit;
  std::copy_n(packet.source.octets.begin(), 16, at + 8);
  std::copy_n(packet.destination.octets.begin(), 16, at + 24);
  if (extension == 0) return;
  // Zeros behind the options are Pad1, each of them.
  at[kIpv6HeaderOctets] = packet.protocol;
  at[kIpv6HeaderOctets + 1] = static_cast<std::uint8_t>(extension / 8 - 1);
  std::ranges::copy(packet.ip_options, at + kIpv6HeaderOctets + kExtensionHeadOctets);
}

/// Requires: zeros at `at`, which are the options' padding too, as in what stands before.
void write_tcp(const Segment& segment, const Layout& layout, const Lies& lies, std::uint8_t* at) {
  const std::size_t words = lies.data_offset.value_or(layout.tcp_header / 4) & 0x0fU;
  store16(at, segment.source_port);
  store16(at + 2, segment.destination_port);
  store32(at + 4, segment.seq.raw());
  store32(at + 8, segment.ack.raw());
  at[12] = static_cast<std::uint8_t>((words << 4U) | (segment.reserved & 0x0fU));
  at[13] = segment.ctl.octet();
  store16(at + 14, segment.wnd);
  store16(at + 18, segment.up);
  std::ranges::copy(segment.options, at + kTcpHeaderOctets);
  std::ranges::copy(segment.payload, at + layout.tcp_header);
}

std::uint16_t checksum_field(const Packet& packet, const Lies& lies, Octets tcp) {
  if (lies.checksum) return *lies.checksum;
  const std::uint16_t right = tcp_checksum(packet.source, final_destination(packet), tcp);
  return lies.checksum_bad ? right ^ 1U : right;
}

}  // namespace

void encode(const Packet& packet, const Lies& lies, std::vector<std::uint8_t>& out) {
  const Layout layout = lay_out(packet);
  const bool v4 = packet.source.version == IpVersion::V4;
  const std::size_t ip_length = layout.total() - (v4 ? 0 : kIpv6HeaderOctets);
  TCPROVE_CHECK(packet.source.version == packet.destination.version, "two IP versions in one");
  TCPROVE_CHECK(lies.data_offset || packet.segment.options.size() <= kOptionsOctetsMax,
                "options longer than a data offset can tell");
  TCPROVE_CHECK(packet.ip_options.size() <= kIpOptionsOctetsMax, "IP options too long");
  TCPROVE_CHECK(layout.total() <= kPacketOctetsMax, "packet too long");
  TCPROVE_CHECK(lies.ip_length || ip_length <= kIpLengthMax, "longer than the IP length can tell");

  out.clear();
  out.resize(layout.total());
  std::uint8_t* const tcp = out.data() + layout.ip_header;
  const std::uint16_t length_field = lies.ip_length.value_or(static_cast<std::uint16_t>(ip_length));
  if (v4) {
    write_ipv4(packet, length_field, out.data());
  } else {
    write_ipv6(packet, length_field, out.data());
  }
  write_tcp(packet.segment, layout, lies, tcp);
  store16(tcp + 16, checksum_field(packet, lies, Octets(tcp, layout.tcp)));
  if (lies.truncate_tcp) {
    out.resize(layout.ip_header + std::min(*lies.truncate_tcp, layout.tcp));
  }
}

}  // namespace tcprove::wire
