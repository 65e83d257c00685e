#include "harness/wire/link_layer.hpp"

#include <algorithm>

#include "harness/wire/big_endian.hpp"

namespace tcprove::wire {
namespace {

constexpr std::uint16_t kEtherIpv4 = 0x0800;
constexpr std::uint16_t kEtherIpv6 = 0x86dd;
constexpr std::uint16_t kEtherVlan = 0x8100;
constexpr std::uint16_t kEtherServiceVlan = 0x88a8;

/// The version's number stands in the first four bits of both headers.
bool begins_as_ip(Octets packet) {
  return !packet.empty() && (packet[0] >> 4U == 4 || packet[0] >> 4U == 6);
}

/// What an IP header says that the packet's length is; that of all octets where it cannot be read.
std::size_t told_size(Octets packet) {
  constexpr std::size_t kIpv6HeaderOctets = 40;
  if (packet.size() >= 4 && packet[0] >> 4U == 4) return load16(&packet[2]);
  if (packet.size() >= 6 && packet[0] >> 4U == 6) return kIpv6HeaderOctets + load16(&packet[4]);
  return packet.size();
}

/// Octets behind a packet that fill its Ethernet frame up to the least length.
Octets without_padding(Octets packet) {
  constexpr std::size_t kLeastPayload = 46;
  const std::size_t told = told_size(packet);
  const bool padded = packet.size() <= kLeastPayload && told < packet.size() && told > 0;
  return padded ? packet.first(told) : packet;
}

std::optional<Octets> ip_after(std::uint16_t ether_type, Octets rest) {
  for (int tags = 0; ether_type == kEtherVlan || ether_type == kEtherServiceVlan; ++tags) {
    if (rest.size() < 4 || tags == kVlanTagsMax) return std::nullopt;
    ether_type = load16(&rest[2]);
    rest = rest.subspan(4);
  }
  if (ether_type != kEtherIpv4 && ether_type != kEtherIpv6) return std::nullopt;
  return rest;
}

/// A header of `size` octets with an EtherType at `type_at`.
std::optional<Octets> behind_header(Octets frame, std::size_t size, std::size_t type_at) {
  if (frame.size() < size) return std::nullopt;
  return ip_after(load16(&frame[type_at]), frame.subspan(size));
}

std::optional<Octets> plain_ip(Octets packet) {
  if (!begins_as_ip(packet)) return std::nullopt;
  return packet;
}

}  // namespace

bool is_known(LinkType type) {
  using enum LinkType;
  constexpr LinkType kKnown[] = {Null, Ethernet, Raw, Loop, LinuxCooked, Ipv4, Ipv6, LinuxCooked2};
  return std::ranges::find(kKnown, type) != std::end(kKnown);
}

std::optional<Octets> ip_packet_in(LinkType type, Octets frame) {
  constexpr std::size_t kFamilyOctets = 4;
  switch (type) {
    case LinkType::Raw:
    case LinkType::Ipv4:
    case LinkType::Ipv6:
      return plain_ip(frame);
    case LinkType::Null:
    case LinkType::Loop:
      // The family's number differs from system to system; the packet tells its version itself.
      return frame.size() < kFamilyOctets ? std::nullopt : plain_ip(frame.subspan(kFamilyOctets));
    case LinkType::Ethernet: {
      const std::optional<Octets> packet = behind_header(frame, 14, 12);
      return packet ? std::optional(without_padding(*packet)) : std::nullopt;
    }
    case LinkType::LinuxCooked:
      return behind_header(frame, 16, 14);
    case LinkType::LinuxCooked2:
      return behind_header(frame, 20, 0);
  }
  return std::nullopt;
}

}  // namespace tcprove::wire
