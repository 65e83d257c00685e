#include <algorithm>

#include <gtest/gtest.h>

#include "harness/base/allocation_count.hpp"
#include "harness/wire/big_endian.hpp"
#include "harness/wire/packet_fixture.hpp"

namespace tcprove::wire {
namespace {

using OctetVector = std::vector<std::uint8_t>;

const OctetVector kData{'h', 'e', 'l', 'l', 'o'};
const OctetVector kWindowScale{3, 3, 7};

Packet packet_with_data(IpVersion version) {
  Packet packet = packet_between(version);
  packet.segment.options = kWindowScale;
  packet.segment.payload = kData;
  return packet;
}

std::uint16_t ip_length(const OctetVector& octets) {
  return load16(&octets[octets[0] >> 4U == 4 ? 2 : 4]);
}

TEST(Encode, WritesAnIpv4PacketOctetByOctet) {
  const OctetVector expected{
      0x45, 0xb9, 0x00, 0x31, 0x00, 0x00, 0x40, 0x00, 0x3d, 0x06, 0x50, 0xd7,  // IPv4
      192,  0,    2,    1,    198,  51,   100,  2,                             //
      0x00, 0x07, 0x9c, 0x40, 0x01, 0x02, 0x03, 0x04, 0xa0, 0xb0, 0xc0, 0xd0,  // TCP
      0x6a, 0x18, 0x12, 0x34, 0x42, 0xae, 0x05, 0x06,                          //
      0x03, 0x03, 0x07, 0x00, 'h',  'e',  'l',  'l',  'o'};
  Packet packet = packet_with_data(IpVersion::V4);
  packet.segment.reserved = 0x0a;
  EXPECT_EQ(encoded(packet), expected);
}

TEST(Encode, WritesAnIpv6Header) {
  const OctetVector octets = encoded(packet_with_data(IpVersion::V6));
  ASSERT_EQ(octets.size(), 40U + 24U + 5U);
  const OctetVector head{0x6b, 0x90, 0x00, 0x00, 0x00, 29, 6, 61};
  EXPECT_TRUE(std::ranges::equal(Octets(octets).first(8), head));
  EXPECT_TRUE(
      std::ranges::equal(Octets(octets).subspan(8, 16), parse_address("2001:db8::1")->octets));
  EXPECT_TRUE(
      std::ranges::equal(Octets(octets).subspan(24, 16), parse_address("2001:db8:0:1::2")->octets));
}

TEST(Encode, IgnoresTheDataOffsetAndChecksumThatTheSegmentNames) {
  Packet packet = packet_with_data(IpVersion::V4);
  const OctetVector good = encoded(packet);
  packet.segment.data_offset = 15;
  packet.segment.checksum = 0xdead;
  EXPECT_EQ(encoded(packet), good);
}

TEST(Encode, PadsOptionsWithEndOfList) {
  for (std::size_t size = 0; size <= 40; ++size) {
    const OctetVector nops(size, 1);
    Packet packet = packet_between(IpVersion::V4);
    packet.segment.options = nops;
    const OctetVector octets = encoded(packet);
    const std::size_t padded = (size + 3) / 4 * 4;
    ASSERT_EQ(octets.size(), 40 + padded);
    EXPECT_EQ(octets[32] >> 4U, 5 + padded / 4);
    EXPECT_TRUE(std::all_of(octets.begin() + 40 + static_cast<long>(size), octets.end(),
                            [](std::uint8_t octet) { return octet == 0; }));
    EXPECT_TRUE(decode(octets).flaws.none());
  }
}

TEST(Encode, ClearsWhatTheVectorHeld) {
  OctetVector out(5000, 0xff);
  encode(packet_between(IpVersion::V4), {}, out);
  EXPECT_EQ(out, encoded(packet_between(IpVersion::V4)));
}

TEST(Encode, DoesNotAllocateIntoAWarmVector) {
  const Packet v4 = packet_with_data(IpVersion::V4);
  const Packet v6 = packet_with_data(IpVersion::V6);
  OctetVector out = encoded(v6);
  const std::size_t before = base::allocation_count();
  encode(v4, {}, out);
  encode(v6, {.checksum_bad = true, .truncate_tcp = 12}, out);
  EXPECT_EQ(base::allocation_count(), before);
}

TEST(EncodeLies, ChecksumStandsAsGiven) {
  for (const IpVersion version : kBothVersions) {
    const Packet packet = packet_with_data(version);
    const OctetVector octets = encoded(packet, {.checksum = 0x1234, .checksum_bad = true});
    EXPECT_EQ(load16(&octets[tcp_begin(packet) + 16]), 0x1234);
    EXPECT_EQ(to_string(decode(octets).flaws), "TCP checksum wrong");
  }
}

TEST(EncodeLies, ChecksumBadIsTheRightOneWithItsLowestBitFlipped) {
  for (const IpVersion version : kBothVersions) {
    const Packet packet = packet_with_data(version);
    const std::size_t at = tcp_begin(packet) + 16;
    const OctetVector good = encoded(packet);
    OctetVector bad = encoded(packet, {.checksum_bad = true});
    EXPECT_EQ(to_string(decode(bad).flaws), "TCP checksum wrong");
    bad[at + 1] ^= 1U;
    EXPECT_EQ(bad, good);
  }
}

TEST(EncodeLies, DataOffsetLeavesTheOctetsAndStaysUnderTheChecksum) {
  const Packet packet = packet_with_data(IpVersion::V4);
  const OctetVector good = encoded(packet);
  for (std::uint8_t words = 0; words < 16; ++words) {
    const OctetVector octets = encoded(packet, {.data_offset = words});
    EXPECT_EQ(octets[32] >> 4U, words);
    EXPECT_EQ(octets.size(), good.size());
    const Packet decoded = decode(octets);
    EXPECT_FALSE(decoded.flaws.has(Flaw::TcpChecksum));
    EXPECT_EQ(decoded.flaws.has(Flaw::DataOffsetLies), words < 5 || words > 7);
  }
}

TEST(EncodeLies, DataOffsetAllowsMoreOptionsThanItCanTell) {
  const OctetVector nops(44, 1);
  Packet packet = packet_between(IpVersion::V4);
  packet.segment.options = nops;
  EXPECT_EQ(encoded(packet, {.data_offset = 15}).size(), 84U);
}

TEST(EncodeLies, IpLengthLeavesTheIpv4HeaderChecksumRight) {
  for (const IpVersion version : kBothVersions) {
    const OctetVector octets = encoded(packet_with_data(version), {.ip_length = 65535});
    EXPECT_EQ(ip_length(octets), 65535);
    EXPECT_EQ(to_string(decode(octets).flaws), "IP length wrong");
  }
}

TEST(EncodeLies, TruncateLeavesTheLengthsAndTheChecksumOfTheWhole) {
  for (const IpVersion version : kBothVersions) {
    const Packet packet = packet_with_data(version);
    const OctetVector whole = encoded(packet);
    const std::size_t tcp_octets = whole.size() - tcp_begin(packet);
    for (std::size_t keep = 0; keep < tcp_octets; ++keep) {
      const OctetVector cut = encoded(packet, {.truncate_tcp = keep});
      EXPECT_TRUE(std::ranges::equal(cut, Octets(whole).first(tcp_begin(packet) + keep)));
    }
    EXPECT_EQ(encoded(packet, {.truncate_tcp = 60000}), whole);
  }
}

TEST(Encode, WritesAsMuchAsTheIpLengthCanTell) {
  const OctetVector payload(65535 - 20, 0x5a);
  Packet v6 = packet_between(IpVersion::V6);
  v6.segment.payload = payload;
  EXPECT_EQ(encoded(v6).size(), kPacketOctetsMax);
  EXPECT_TRUE(decode(encoded(v6)).flaws.none());

  Packet v4 = packet_between(IpVersion::V4);
  v4.segment.payload = Octets(payload).first(65535 - 40);
  EXPECT_TRUE(decode(encoded(v4)).flaws.none());
}

TEST(EncodeDeathTest, WhatNoHeaderCanTellIsOurOwnMistake) {
  const OctetVector too_long(65535 - 39);
  Packet packet = packet_between(IpVersion::V4);
  packet.segment.payload = too_long;
  EXPECT_DEATH(encoded(packet), "longer than the IP length can tell");
  EXPECT_EQ(encoded(packet, {.ip_length = 0}).size(), 65536U);

  const OctetVector beyond(65536);
  packet.segment.payload = beyond;
  EXPECT_DEATH(encoded(packet, {.ip_length = 0}), "packet too long");

  const OctetVector nops(41, 1);
  packet = packet_between(IpVersion::V4);
  packet.segment.options = nops;
  EXPECT_DEATH(encoded(packet), "options longer than a data offset can tell");

  packet = packet_between(IpVersion::V4);
  packet.destination = packet_between(IpVersion::V6).destination;
  EXPECT_DEATH(encoded(packet), "two IP versions in one");
}

TEST(Encode, PutsIpOptionsWhereTheirVersionHasThem) {
  const std::vector<std::uint8_t> option{30, 4, 0xab, 0xcd, 30, 2};
  for (const IpVersion version : kBothVersions) {
    Packet packet = packet_between(version);
    packet.ip_options = option;
    const std::vector<std::uint8_t> octets = encoded(packet);
    const Packet read = decode(octets);
    EXPECT_TRUE(read.flaws.none()) << to_string(read.flaws);
    EXPECT_EQ(octets.size(), tcp_begin(packet) + 8 + kTcpHeaderOctets);
    ASSERT_GE(read.ip_options.size(), option.size());
    EXPECT_TRUE(std::ranges::equal(read.ip_options.first(option.size()), option));
    EXPECT_EQ(read.segment.seq, packet.segment.seq);
    EXPECT_EQ(read.protocol, 6);
  }
}

}  // namespace
}  // namespace tcprove::wire
