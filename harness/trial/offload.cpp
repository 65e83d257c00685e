#include "harness/trial/offload.hpp"

#include <algorithm>

#include "harness/wire/checksum.hpp"

namespace tcprove::trial {
namespace {

using wire::Flag;

std::uint16_t pseudo_header_sum(const wire::Packet& packet, std::uint16_t tcp_octets) {
  constexpr std::uint16_t kTcp = 6;
  const std::size_t address = packet.source.version == wire::IpVersion::V4 ? 4 : 16;
  wire::ChecksumSum sum;
  sum.add(wire::Octets(packet.source.octets).first(address));
  sum.add(wire::Octets(packet.destination.octets).first(address));
  sum.add_word(kTcp);
  sum.add_word(tcp_octets);
  return static_cast<std::uint16_t>(~sum.checksum());
}

}  // namespace

bool is_left_to_the_card(const wire::Packet& packet, wire::Octets octets) {
  wire::Flaws checksum;
  checksum.add(wire::Flaw::TcpChecksum);
  wire::Flaws both = checksum;
  both.add(wire::Flaw::IpChecksum);
  if (packet.flaws != checksum && packet.flaws != both) return false;
  const wire::Segment& segment = packet.segment;
  const std::size_t tcp_octets =
      wire::kTcpHeaderOctets + segment.options.size() + segment.payload.size();
  // Where cards want it so the length is left out of the sum.
  return tcp_octets <= octets.size() &&
         (segment.checksum == pseudo_header_sum(packet, static_cast<std::uint16_t>(tcp_octets)) ||
          segment.checksum == pseudo_header_sum(packet, 0));
}

std::vector<std::vector<std::uint8_t>> as_on_the_wire(const wire::Packet& packet, std::size_t mss) {
  const wire::Octets all = packet.segment.payload;
  const std::size_t options = packet.segment.options.size();
  const std::size_t room = mss > options ? mss - options : 1;
  std::vector<std::vector<std::uint8_t>> packets;
  std::size_t from = 0;
  do {
    const std::size_t size = std::min(room, all.size() - from);
    const bool is_last = from + size == all.size();
    wire::Packet part = packet;
    part.segment.seq = packet.segment.seq + static_cast<wire::SeqLen>(from);
    part.segment.payload = all.subspan(from, size);
    if (!is_last) part.segment.ctl = part.segment.ctl.without(Flag::Fin | Flag::Psh);
    // The urgent pointer counts from its own segment's number.
    if (part.segment.up > from) {
      part.segment.up = static_cast<std::uint16_t>(part.segment.up - from);
    } else if (from > 0) {
      part.segment.ctl = part.segment.ctl.without(Flag::Urg);
    }
    wire::encode(part, {}, packets.emplace_back());
    from += size;
  } while (from < all.size());
  return packets;
}

}  // namespace tcprove::trial
