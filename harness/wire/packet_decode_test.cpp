#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "harness/base/allocation_count.hpp"
#include "harness/wire/big_endian.hpp"
#include "harness/wire/checksum.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet_fixture.hpp"

namespace tcprove::wire {
namespace {

using OctetVector = std::vector<std::uint8_t>;

const OctetVector kData{'h', 'e', 'l', 'l', 'o'};
const OctetVector kMss{2, 4, 0x05, 0xb4};

/// A well-formed packet with an option and data.
Packet good_packet(IpVersion version) {
  Packet packet = packet_between(version);
  packet.segment.options = kMss;
  packet.segment.payload = kData;
  return packet;
}

/// Computes the IPv4 header's checksum anew, where a test changed the header.
void mend_ipv4_checksum(OctetVector& octets) {
  const std::size_t header = (octets[0] & 0x0fU) * std::size_t{4};
  store16(&octets[10], 0);
  ChecksumSum sum;
  sum.add(Octets(octets).first(header));
  store16(&octets[10], sum.checksum());
}

/// Puts `extra` between the IP header and what follows, and counts it in the IP length.
OctetVector with_inserted(const OctetVector& octets, const OctetVector& extra) {
  const bool v4 = octets[0] >> 4U == 4;
  OctetVector out = octets;
  out.insert(out.begin() + (v4 ? 20 : 40), extra.begin(), extra.end());
  std::uint8_t* const length = &out[v4 ? 2 : 4];
  store16(length, static_cast<std::uint16_t>(load16(length) + extra.size()));
  return out;
}

TEST(Decode, ReadsEveryFieldOfAnIpv4Packet) {
  // Written by hand after RFC 791 figure 4 and RFC 9293 figure 1; neither checksum is right.
  const OctetVector octets{0x45, 0xb9, 0x00, 0x30, 0xab, 0xcd, 0x40, 0x00, 0x3d, 0x06, 0x00, 0x00,
                           192,  0,    2,    1,    198,  51,   100,  2,    0x00, 0x07, 0x9c, 0x40,
                           0x01, 0x02, 0x03, 0x04, 0xa0, 0xb0, 0xc0, 0xd0, 0x65, 0x18, 0x12, 0x34,
                           0xbe, 0xef, 0x05, 0x06, 0x02, 0x04, 0x05, 0xb4, 'd',  'a',  't',  'a'};
  const Packet packet = decode(octets);
  EXPECT_EQ(to_string(packet.source), "192.0.2.1");
  EXPECT_EQ(to_string(packet.destination), "198.51.100.2");
  EXPECT_EQ(packet.hop_limit, 61);
  EXPECT_EQ(packet.traffic_class, 0xb9);
  EXPECT_EQ(packet.protocol, 6);
  ASSERT_TRUE(packet.has_segment());
  const Segment& segment = packet.segment;
  EXPECT_EQ(segment.source_port, 7);
  EXPECT_EQ(segment.destination_port, 40000);
  EXPECT_EQ(segment.seq, SeqNum(0x01020304));
  EXPECT_EQ(segment.ack, SeqNum(0xa0b0c0d0));
  EXPECT_EQ(segment.data_offset, 6);
  EXPECT_EQ(segment.reserved, 5);
  EXPECT_EQ(segment.ctl, Flag::Psh | Flag::Ack);
  EXPECT_EQ(segment.wnd, 0x1234);
  EXPECT_EQ(segment.checksum, 0xbeef);
  EXPECT_EQ(segment.up, 0x0506);
  EXPECT_TRUE(std::ranges::equal(segment.options, kMss));
  EXPECT_TRUE(std::ranges::equal(segment.payload, std::string_view("data")));
  EXPECT_EQ(to_string(packet.flaws), "IP header checksum wrong, TCP checksum wrong");
}

TEST(Decode, ReadsEveryFieldOfAnIpv6Header) {
  OctetVector octets{0x6b, 0x91, 0x23, 0x45, 0x00, 0x14, 0x06, 0x3d};
  for (const char* text : {"2001:db8::1", "2001:db8:0:1::2"}) {
    const auto address = parse_address(text)->octets;
    octets.insert(octets.end(), address.begin(), address.end());
  }
  octets.resize(60);
  octets[52] = 0x50;
  const Packet packet = decode(octets);
  EXPECT_EQ(to_string(packet.source), "2001:db8::1");
  EXPECT_EQ(to_string(packet.destination), "2001:db8:0:1::2");
  EXPECT_EQ(packet.traffic_class, 0xb9);
  EXPECT_EQ(packet.hop_limit, 61);
  EXPECT_EQ(packet.protocol, 6);
  EXPECT_TRUE(packet.has_segment());
  EXPECT_EQ(to_string(packet.flaws), "TCP checksum wrong");
}

TEST(Decode, FindsNothingWrongWithAGoodPacket) {
  for (const IpVersion version : kBothVersions) {
    const Packet packet = decode(encoded(good_packet(version)));
    EXPECT_TRUE(packet.flaws.none()) << to_string(packet.flaws);
  }
}

TEST(Decode, DoesNotAllocate) {
  const OctetVector v4 = encoded(good_packet(IpVersion::V4));
  const OctetVector v6 = encoded(good_packet(IpVersion::V6));
  const std::size_t before = base::allocation_count();
  const bool good = decode(v4).flaws.none() && decode(v6).flaws.none() && !decode({}).has_segment();
  EXPECT_EQ(base::allocation_count(), before);
  EXPECT_TRUE(good);
}

/// A change to a good packet, and the flaws that it is to show, in words.
struct Damage {
  const char* name;
  IpVersion version;
  bool has_segment;
  void (*damage)(OctetVector&);
  const char* flaws;
};

class DecodeOfDamaged : public testing::TestWithParam<Damage> {};

TEST_P(DecodeOfDamaged, NamesTheFlaw) {
  const Damage& damage = GetParam();
  OctetVector octets = encoded(good_packet(damage.version));
  damage.damage(octets);
  // Exactly as long as it is, so that a sanitizer sees the first octet read past the end.
  const OctetVector exact(octets);
  const Packet packet = decode(exact);
  EXPECT_EQ(to_string(packet.flaws), damage.flaws);
  EXPECT_EQ(packet.has_segment(), damage.has_segment);
}

constexpr IpVersion k4 = IpVersion::V4;
constexpr IpVersion k6 = IpVersion::V6;

const Damage kDamages[] = {
    {"NoOctets", k4, false, [](OctetVector& o) { o.clear(); }, "neither IPv4 nor IPv6"},
    {"Version5", k4, false, [](OctetVector& o) { o[0] = 0x55; }, "neither IPv4 nor IPv6"},
    {"OneOctetOfIpv4", k4, false, [](OctetVector& o) { o.resize(1); }, "IP header cut short"},
    {"Ipv4CutInTheHeader", k4, false, [](OctetVector& o) { o.resize(19); }, "IP header cut short"},
    {"IhlUnder5", k4, false, [](OctetVector& o) { o[0] = 0x44; }, "IP header cut short"},
    {"IhlPastTheEnd", k4, false,
     [](OctetVector& o) {
       o[0] = 0x4f;
       o.resize(59);
     },
     "IP header cut short"},
    {"OneOctetOfIpv6", k6, false, [](OctetVector& o) { o.resize(1); }, "IP header cut short"},
    {"Ipv6CutInTheHeader", k6, false, [](OctetVector& o) { o.resize(39); }, "IP header cut short"},
    {"Ipv4ChecksumWrong", k4, true, [](OctetVector& o) { o[10] ^= 1U; },
     "IP header checksum wrong"},
    {"Ipv4LongerThanItsLength", k4, true, [](OctetVector& o) { o.push_back(0); },
     "IP length wrong"},
    {"Ipv6LongerThanItsLength", k6, true, [](OctetVector& o) { o.push_back(0); },
     "IP length wrong"},
    {"Ipv4ShorterThanItsLength", k4, true, [](OctetVector& o) { o.pop_back(); },
     "IP length wrong, TCP checksum wrong"},
    {"Ipv6ShorterThanItsLength", k6, true, [](OctetVector& o) { o.pop_back(); },
     "IP length wrong, TCP checksum wrong"},
    {"Ipv4LengthUnderItsHeader", k4, false,
     [](OctetVector& o) {
       store16(&o[2], 19);
       mend_ipv4_checksum(o);
     },
     "IP length wrong, TCP header cut short"},
    {"Ipv6LengthZero", k6, false, [](OctetVector& o) { store16(&o[4], 0); },
     "IP length wrong, TCP header cut short"},
    {"Ipv4MoreFragments", k4, false,
     [](OctetVector& o) {
       store16(&o[6], 0x2000);
       mend_ipv4_checksum(o);
     },
     "IP fragment"},
    {"Ipv4LastFragment", k4, false,
     [](OctetVector& o) {
       store16(&o[6], 0x0001);
       mend_ipv4_checksum(o);
     },
     "IP fragment"},
    {"Ipv4Udp", k4, false,
     [](OctetVector& o) {
       o[9] = 17;
       mend_ipv4_checksum(o);
     },
     "not TCP"},
    {"Ipv6Icmp", k6, false, [](OctetVector& o) { o[6] = 58; }, "not TCP"},
    {"Ipv6Fragment", k6, false,
     [](OctetVector& o) {
       o[6] = 44;
       o = with_inserted(o, {6, 0, 0, 1, 0, 0, 0, 1});
     },
     "IP fragment"},
    {"Ipv6ExtensionCutInItsHead", k6, false,
     [](OctetVector& o) {
       o[6] = 0;
       o.resize(41);
       store16(&o[4], 1);
     },
     "IP header cut short"},
    {"Ipv6ExtensionPastTheEnd", k6, false,
     [](OctetVector& o) {
       o[6] = 60;
       o.resize(54);
       store16(&o[4], 14);
       o[41] = 1;
     },
     "IP header cut short"},
    {"TcpHeaderCut", k4, false,
     [](OctetVector& o) {
       o.resize(39);
       store16(&o[2], 39);
       mend_ipv4_checksum(o);
     },
     "TCP header cut short"},
    {"Ipv6NoTcpAtAll", k6, false,
     [](OctetVector& o) {
       o.resize(40);
       store16(&o[4], 0);
     },
     "TCP header cut short"},
    {"DataOffsetUnder5", k4, true, [](OctetVector& o) { o[32] = 0x40; },
     "data offset wrong, TCP checksum wrong"},
    {"TcpChecksumWrong", k6, true, [](OctetVector& o) { o.back() ^= 0x80U; }, "TCP checksum wrong"},
    {"OptionLengthZero", k4, true, [](OctetVector& o) { o[41] = 0; },
     "TCP checksum wrong, options malformed"},
    {"OptionPastTheHeader", k6, true, [](OctetVector& o) { o[61] = 5; },
     "TCP checksum wrong, options malformed"},
};

INSTANTIATE_TEST_SUITE_P(AllWays, DecodeOfDamaged, testing::ValuesIn(kDamages),
                         [](const auto& instance) { return instance.param.name; });

TEST(Decode, ReadsTheAddressesOfAPacketWhoseTcpItCannotRead) {
  OctetVector octets = encoded(good_packet(k4));
  octets[9] = 1;
  EXPECT_EQ(decode(octets).source, good_packet(k4).source);
  EXPECT_EQ(decode(octets).protocol, 1);
}

TEST(Decode, ClampsADataOffsetUnderFiveToTheFixedHeader) {
  OctetVector octets = encoded(good_packet(k4), {.data_offset = 0});
  const Packet packet = decode(octets);
  EXPECT_EQ(to_string(packet.flaws), "data offset wrong");
  EXPECT_EQ(packet.segment.data_offset, 0);
  EXPECT_TRUE(packet.segment.options.empty());
  EXPECT_EQ(packet.segment.payload.size(), kMss.size() + kData.size());
}

TEST(Decode, ClampsADataOffsetPastTheEndToTheEnd) {
  const Packet packet = decode(encoded(good_packet(k6), {.data_offset = 15}));
  EXPECT_TRUE(packet.flaws.has(Flaw::DataOffsetLies));
  EXPECT_EQ(packet.segment.options.size(), kMss.size() + kData.size());
  EXPECT_TRUE(packet.segment.payload.empty());
}

TEST(Decode, ClampsThePayloadToTheIpLength) {
  OctetVector octets = encoded(good_packet(k6));
  octets.insert(octets.end(), {'p', 'a', 'd'});
  const Packet packet = decode(octets);
  EXPECT_TRUE(packet.flaws.has(Flaw::IpLengthLies));
  EXPECT_FALSE(packet.flaws.has(Flaw::TcpChecksum));
  EXPECT_TRUE(std::ranges::equal(packet.segment.payload, kData));
}

TEST(Decode, SkipsIpv4Options) {
  OctetVector octets = with_inserted(encoded(good_packet(k4)), {1, 1, 1, 1, 0x94, 4, 0, 0});
  octets[0] = 0x47;
  mend_ipv4_checksum(octets);
  const Packet packet = decode(octets);
  EXPECT_TRUE(packet.flaws.none()) << to_string(packet.flaws);
  EXPECT_TRUE(std::ranges::equal(packet.segment.payload, kData));
}

TEST(Decode, WalksOverIpv6ExtensionHeaders) {
  OctetVector octets = encoded(good_packet(k6));
  octets[6] = 0;
  const OctetVector hop_by_hop{43, 0, 1, 4, 0, 0, 0, 0};
  const OctetVector routing{60, 1, 4, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
  const OctetVector destination_options{6, 0, 1, 4, 0, 0, 0, 0};
  octets = with_inserted(octets, destination_options);
  octets = with_inserted(octets, routing);
  octets = with_inserted(octets, hop_by_hop);
  const Packet packet = decode(octets);
  EXPECT_TRUE(packet.flaws.none()) << to_string(packet.flaws);
  EXPECT_EQ(packet.protocol, 6);
  EXPECT_TRUE(std::ranges::equal(packet.segment.payload, kData));
}

TEST(Decode, ReadsAnUnfragmentedIpv4PacketThatMayBeFragmented) {
  OctetVector octets = encoded(good_packet(k4));
  store16(&octets[6], 0);
  mend_ipv4_checksum(octets);
  EXPECT_TRUE(decode(octets).flaws.none());
}

TEST(Flaws, PrintNothingForNone) { EXPECT_EQ(to_string(Flaws()), ""); }

}  // namespace
}  // namespace tcprove::wire
