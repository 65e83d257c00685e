#include "harness/wire/link_layer.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

using OctetVector = std::vector<std::uint8_t>;

constexpr std::uint8_t kV4 = 0x45;
constexpr std::uint8_t kV6 = 0x60;

OctetVector with_head(OctetVector head, const OctetVector& rest) {
  head.insert(head.end(), rest.begin(), rest.end());
  return head;
}

OctetVector ethernet(OctetVector type_and_more, const OctetVector& packet) {
  return with_head(with_head(OctetVector(12, 0xee), type_and_more), packet);
}

/// The packet found; empty where none is.
OctetVector found(LinkType type, const OctetVector& frame) {
  const std::optional<Octets> packet = ip_packet_in(type, frame);
  return packet ? OctetVector(packet->begin(), packet->end()) : OctetVector();
}

TEST(LinkLayer, FindsThePacketBehindEachHeader) {
  const OctetVector v4{kV4, 0, 0, 4};
  const OctetVector v6{kV6, 1, 2};
  EXPECT_EQ(found(LinkType::Raw, v4), v4);
  EXPECT_EQ(found(LinkType::Ipv4, v4), v4);
  EXPECT_EQ(found(LinkType::Ipv6, v6), v6);
  EXPECT_EQ(found(LinkType::Null, with_head({2, 0, 0, 0}, v4)), v4);
  EXPECT_EQ(found(LinkType::Loop, with_head({0, 0, 0, 30}, v6)), v6);
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x08, 0x00}, v4)), v4);
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x86, 0xdd}, v6)), v6);
  EXPECT_EQ(found(LinkType::LinuxCooked, with_head(OctetVector(14, 0), {0x08, 0x00, kV4})),
            OctetVector{kV4});
  EXPECT_EQ(
      found(LinkType::LinuxCooked2, with_head({0x86, 0xdd}, with_head(OctetVector(18, 0), v6))),
      v6);
}

TEST(LinkLayer, WalksOverVlanTags) {
  const OctetVector v4{kV4, 0, 0, 4};
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x81, 0, 0, 1, 0x08, 0x00}, v4)), v4);
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x88, 0xa8, 0, 1, 0x81, 0, 0, 2, 0x08, 0x00}, v4)),
            v4);
  OctetVector endless;
  for (int i = 0; i < 1000; ++i) endless.insert(endless.end(), {0x81, 0, 0, 1});
  EXPECT_EQ(found(LinkType::Ethernet, ethernet(endless, v4)), OctetVector());
}

TEST(LinkLayer, LeavesThePaddingOfAShortFrameOut) {
  OctetVector packet{kV4, 0, 0, 6, 1, 2};
  const OctetVector whole = packet;
  packet.resize(46);
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x08, 0x00}, packet)), whole);
  packet.resize(47);
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x08, 0x00}, packet)), packet)
      << "no frame is padded to more, so the length lies";
}

TEST(LinkLayer, FindsNothingWhereThereIsNone) {
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x08, 0x06}, {1, 2})), OctetVector()) << "ARP";
  EXPECT_EQ(found(LinkType::Raw, {0x15}), OctetVector());
  EXPECT_EQ(found(static_cast<LinkType>(147), {kV4}), OctetVector());
  for (const LinkType type : {LinkType::Null, LinkType::Ethernet, LinkType::Raw, LinkType::Loop,
                              LinkType::LinuxCooked, LinkType::LinuxCooked2}) {
    for (std::size_t size = 0; size < 24; ++size) {
      const OctetVector frame(size, 0x08);
      EXPECT_EQ(found(type, frame), OctetVector()) << size;
    }
  }
  EXPECT_EQ(found(LinkType::Ethernet, ethernet({0x81, 0, 0}, {})), OctetVector());
}

}  // namespace
}  // namespace tcprove::wire
