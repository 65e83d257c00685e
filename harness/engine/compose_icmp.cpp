#include "harness/engine/compose_icmp.hpp"

#include <algorithm>

#include "harness/wire/icmp.hpp"

namespace tcprove::engine {
namespace {

constexpr std::size_t kSeqAt = 4;  // Within the TCP header.
constexpr std::size_t kQuotedTcpOctetsV4 = 8;
constexpr std::size_t kQuotedTcpOctetsV6 = 900;  // Well within the minimum MTU of 1280.

std::vector<std::uint8_t> quoted_packet(const Quotable& quotable) {
  std::vector<std::uint8_t> octets(quotable.latest.begin(), quotable.latest.end());
  if (!octets.empty()) return octets;
  wire::Packet packet;
  packet.source = quotable.tuple.stack.address;
  packet.destination = quotable.tuple.peer.address;
  packet.segment.source_port = quotable.tuple.stack.port;
  packet.segment.destination_port = quotable.tuple.peer.port;
  packet.segment.seq = quotable.view.snd_nxt();
  packet.segment.ctl = wire::Flag::Ack;
  wire::encode(packet, {}, octets);
  return octets;
}

void name_seq(wire::SeqNum seq, std::size_t at, std::vector<std::uint8_t>& octets) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    octets[at++] = static_cast<std::uint8_t>(seq.raw() >> shift);
  }
}

}  // namespace

void compose_icmp(const plan::SendIcmp& icmp, const Quotable& quotable,
                  std::vector<std::uint8_t>& out) {
  std::vector<std::uint8_t> quoted = quoted_packet(quotable);
  const wire::Packet packet = wire::decode(quoted);
  const bool v4 = packet.source.version == wire::IpVersion::V4;
  const std::size_t tcp =
      v4 ? wire::kIpv4HeaderOctets + packet.ip_options.size() : wire::kIpv6HeaderOctets;
  if (icmp.seq && quoted.size() >= tcp + wire::kTcpHeaderOctets) {
    name_seq(quotable.numbering.stack_number(*icmp.seq), tcp + kSeqAt, quoted);
  }
  quoted.resize(std::min(quoted.size(), tcp + (v4 ? kQuotedTcpOctetsV4 : kQuotedTcpOctetsV6)));
  const std::int64_t mtu = icmp.mtu ? icmp.mtu->evaluate(quotable.numbering) : 0;
  wire::encode(wire::IcmpMessage{.source = quotable.tuple.peer.address,
                                 .destination = quotable.tuple.stack.address,
                                 .error = icmp.error,
                                 .mtu = static_cast<std::uint32_t>(mtu),
                                 .quoted = quoted},
               out);
}

}  // namespace tcprove::engine
