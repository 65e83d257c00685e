#include "harness/adapter/tun/neighbour_message.hpp"

#include <algorithm>
#include <array>

#include "harness/wire/big_endian.hpp"
#include "harness/wire/checksum.hpp"

namespace tcprove::adapter::tun {
namespace {

using wire::IpAddress;
using wire::IpVersion;

// RFC 826: what a packet for Ethernet and IPv4 begins with, and where the rest stands.
constexpr std::array<std::uint8_t, 6> kArp{0, 1, 8, 0, 6, 4};
constexpr std::size_t kArpOpcode = 6;
constexpr std::size_t kArpSenderMac = 8;
constexpr std::size_t kArpSender = 14;
constexpr std::size_t kArpTargetMac = 18;
constexpr std::size_t kArpTarget = 24;
constexpr std::size_t kArpOctets = 28;
constexpr std::uint16_t kArpRequest = 1;
constexpr std::uint16_t kArpReply = 2;

// RFC 4861 section 4.3 and 4.4, behind an IPv6 header.
constexpr std::size_t kNextHeader = 6;
constexpr std::size_t kHopLimit = 7;
constexpr std::size_t kSource = 8;
constexpr std::size_t kDestination = 24;
constexpr std::size_t kType = 40;
constexpr std::size_t kChecksum = 42;
constexpr std::size_t kFlags = 44;
constexpr std::size_t kTarget = 48;
constexpr std::size_t kOption = 64;
constexpr std::size_t kDiscoveryOctets = 72;
constexpr std::uint8_t kIcmpv6 = 58;
constexpr std::uint8_t kSolicitation = 135;
constexpr std::uint8_t kAdvertisement = 136;
constexpr std::uint8_t kSourceMac = 1;
constexpr std::uint8_t kTargetMac = 2;
constexpr std::uint8_t kSolicitedAndOverride = 0x60;
constexpr std::size_t kAddressOctets = 16;

IpAddress address_at(IpVersion ip, wire::Octets octets, std::size_t at) {
  IpAddress address{.version = ip, .octets = {}};
  std::copy_n(octets.begin() + static_cast<std::ptrdiff_t>(at),
              ip == IpVersion::V4 ? 4 : kAddressOctets, address.octets.begin());
  return address;
}

void put(std::vector<std::uint8_t>& out, std::size_t at, wire::Octets octets) {
  std::ranges::copy(octets, out.begin() + static_cast<std::ptrdiff_t>(at));
}

Mac mac_at(wire::Octets octets, std::size_t at) {
  Mac mac;
  std::copy_n(octets.begin() + static_cast<std::ptrdiff_t>(at), mac.size(), mac.begin());
  return mac;
}

std::optional<NeighbourMessage> read_arp(wire::Octets octets) {
  if (octets.size() < kArpOctets || !std::equal(kArp.begin(), kArp.end(), octets.begin())) {
    return std::nullopt;
  }
  const std::uint16_t opcode = wire::load16(&octets[kArpOpcode]);
  if (opcode != kArpRequest && opcode != kArpReply) return std::nullopt;
  const IpAddress sender = address_at(IpVersion::V4, octets, kArpSender);
  const bool asks = opcode == kArpRequest;
  return NeighbourMessage{.asks = asks,
                          .sender = sender,
                          .target = asks ? address_at(IpVersion::V4, octets, kArpTarget) : sender,
                          .mac = mac_at(octets, kArpSenderMac)};
}

std::optional<NeighbourMessage> read_discovery(wire::Octets octets) {
  if (octets.size() < kOption || octets[0] >> 4U != 6 || octets[kNextHeader] != kIcmpv6 ||
      octets[kHopLimit] != 255) {
    return std::nullopt;
  }
  const std::uint8_t type = octets[kType];
  if (type != kSolicitation && type != kAdvertisement) return std::nullopt;
  NeighbourMessage message{.asks = type == kSolicitation,
                           .sender = address_at(IpVersion::V6, octets, kSource),
                           .target = address_at(IpVersion::V6, octets, kTarget),
                           .mac = std::nullopt};
  const std::uint8_t option = message.asks ? kSourceMac : kTargetMac;
  // Units of eight octets; a length of 0 would never end.
  for (std::size_t at = kOption; at + 8 <= octets.size() && octets[at + 1] != 0;
       at += 8 * std::size_t{octets[at + 1]}) {
    if (octets[at] == option) message.mac = mac_at(octets, at + 2);
  }
  return message;
}

std::vector<std::uint8_t> arp(std::uint16_t opcode, const IpAddress& own, const Mac& mac,
                              const IpAddress& target, const Mac& target_mac) {
  std::vector<std::uint8_t> out(kArpOctets);
  put(out, 0, kArp);
  wire::store16(&out[kArpOpcode], opcode);
  put(out, kArpSenderMac, mac);
  put(out, kArpSender, wire::Octets(own.octets).first(4));
  put(out, kArpTargetMac, target_mac);
  put(out, kArpTarget, wire::Octets(target.octets).first(4));
  return out;
}

/// Where nodes listen who have `address` (RFC 4291 section 2.7.1).
IpAddress solicited_node(const IpAddress& address) {
  IpAddress group{.version = IpVersion::V6,
                  .octets = {0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff}};
  std::copy_n(address.octets.begin() + 13, 3, group.octets.begin() + 13);
  return group;
}

std::vector<std::uint8_t> discovery(std::uint8_t type, const IpAddress& own, const Mac& mac,
                                    const IpAddress& target, const IpAddress& to) {
  std::vector<std::uint8_t> out(kDiscoveryOctets);
  out[0] = 0x60;
  wire::store16(&out[4], kDiscoveryOctets - kType);
  out[kNextHeader] = kIcmpv6;
  out[kHopLimit] = 255;
  put(out, kSource, own.octets);
  put(out, kDestination, to.octets);
  out[kType] = type;
  if (type == kAdvertisement) out[kFlags] = kSolicitedAndOverride;
  put(out, kTarget, target.octets);
  out[kOption] = type == kSolicitation ? kSourceMac : kTargetMac;
  out[kOption + 1] = 1;
  put(out, kOption + 2, mac);
  wire::ChecksumSum sum;
  sum.add(wire::Octets(out).subspan(kSource, 2 * kAddressOctets));
  sum.add_word(kDiscoveryOctets - kType);
  sum.add_word(kIcmpv6);
  sum.add(wire::Octets(out).subspan(kType));
  wire::store16(&out[kChecksum], sum.checksum());
  return out;
}

}  // namespace

std::optional<NeighbourMessage> read_neighbour_message(IpVersion ip, wire::Octets octets) {
  return ip == IpVersion::V4 ? read_arp(octets) : read_discovery(octets);
}

std::vector<std::uint8_t> neighbour_question(const IpAddress& own, const Mac& mac,
                                             const IpAddress& target) {
  if (own.version == IpVersion::V4) return arp(kArpRequest, own, mac, target, {});
  return discovery(kSolicitation, own, mac, target, solicited_node(target));
}

std::vector<std::uint8_t> neighbour_answer(const IpAddress& own, const Mac& mac,
                                           const NeighbourMessage& asker) {
  if (own.version == IpVersion::V4) {
    return arp(kArpReply, own, mac, asker.sender, asker.mac.value_or(Mac{}));
  }
  return discovery(kAdvertisement, own, mac, own, asker.sender);
}

Mac group_of(const IpAddress& target) {
  if (target.version == IpVersion::V4) return {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  return {0x33, 0x33, 0xff, target.octets[13], target.octets[14], target.octets[15]};
}

}  // namespace tcprove::adapter::tun
