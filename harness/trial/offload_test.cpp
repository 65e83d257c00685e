#include "harness/trial/offload.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "harness/wire/checksum.hpp"

namespace tcprove::trial {
namespace {

using enum wire::Flag;
using OctetVector = std::vector<std::uint8_t>;

/// A packet of `len` octets of data whose checksum covers the pseudo-header alone.
OctetVector left_to_the_card(bool v4, const OctetVector& data, bool with_length) {
  wire::Packet packet;
  packet.source = *wire::parse_address(v4 ? "192.0.2.1" : "2001:db8::1");
  packet.destination = *wire::parse_address(v4 ? "192.0.2.2" : "2001:db8::2");
  packet.segment.source_port = 7;
  packet.segment.seq = wire::SeqNum(0xffff'ff00);
  packet.segment.ctl = Fin | Psh | Ack | Urg;
  packet.segment.up = 120;
  const OctetVector options{1, 1, 1, 0};
  packet.segment.options = options;
  packet.segment.payload = data;
  wire::ChecksumSum sum;
  sum.add(packet.source.octets);
  sum.add(packet.destination.octets);
  sum.add_word(6);
  sum.add_word(with_length ? static_cast<std::uint16_t>(24 + data.size()) : std::uint16_t{0});
  OctetVector octets;
  wire::encode(packet, {.checksum = static_cast<std::uint16_t>(~sum.checksum())}, octets);
  return octets;
}

OctetVector data_of(std::size_t size) {
  OctetVector data(size);
  std::iota(data.begin(), data.end(), std::uint8_t{0});
  return data;
}

TEST(Offload, IsToldByAChecksumOfThePseudoHeaderAlone) {
  for (const bool v4 : {true, false}) {
    for (const bool with_length : {true, false}) {
      OctetVector octets = left_to_the_card(v4, data_of(250), with_length);
      EXPECT_TRUE(is_left_to_the_card(wire::decode(octets), octets)) << v4;
      octets.back() ^= 1U;
      EXPECT_TRUE(is_left_to_the_card(wire::decode(octets), octets)) << "data is not in it";
      octets[v4 ? 37 : 57] ^= 1U;
      EXPECT_FALSE(is_left_to_the_card(wire::decode(octets), octets)) << "just wrong";
    }
  }
  OctetVector right;
  wire::encode(wire::decode(left_to_the_card(true, data_of(9), true)), {}, right);
  EXPECT_FALSE(is_left_to_the_card(wire::decode(right), right));
  EXPECT_FALSE(is_left_to_the_card(wire::decode({}), {}));
}

TEST(Offload, IsDoneAsTheCardWould) {
  const OctetVector data = data_of(250);
  const OctetVector octets = left_to_the_card(true, data, true);
  const auto packets = as_on_the_wire(wire::decode(octets), 104);
  ASSERT_EQ(packets.size(), 3U);
  OctetVector joined;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    const wire::Packet packet = wire::decode(packets[i]);
    EXPECT_TRUE(packet.flaws.none()) << to_string(packet.flaws);
    EXPECT_EQ(packet.segment.seq, wire::SeqNum(0xffff'ff00) + static_cast<wire::SeqLen>(100 * i));
    EXPECT_EQ(packet.segment.options.size(), 4U);
    EXPECT_EQ(packet.segment.ctl.has(Fin), i == 2);
    EXPECT_EQ(packet.segment.ctl.has(Psh), i == 2);
    EXPECT_EQ(packet.segment.ctl.has(Urg), i < 2) << "it points 120 octets on";
    EXPECT_EQ(packet.segment.up, i < 2 ? 120 - 100 * i : 120);
    joined.insert(joined.end(), packet.segment.payload.begin(), packet.segment.payload.end());
  }
  EXPECT_EQ(joined, data);
}

TEST(Offload, KeepsASegmentWithoutDataWhole) {
  const OctetVector octets = left_to_the_card(false, {}, true);
  EXPECT_EQ(as_on_the_wire(wire::decode(octets), 2).size(), 1U);
}

}  // namespace
}  // namespace tcprove::trial
