#include "harness/wire/icmp.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/wire/packet_fixture.hpp"

namespace tcprove::wire {
namespace {

using OctetVector = std::vector<std::uint8_t>;

/// The message that tells the sender of packet_between() of an error.
IcmpMessage message_about(const Packet& packet, const OctetVector& quoted, IcmpError error) {
  return {.source = packet.destination,
          .destination = packet.source,
          .error = error,
          .mtu = error == IcmpError::FragmentationNeeded ? 1280U : 0U,
          .quoted = quoted};
}

OctetVector encoded_icmp(const IcmpMessage& message) {
  OctetVector octets;
  encode(message, octets);
  return octets;
}

TEST(Icmp, IsReadBackAsItWasWritten) {
  for (const IpVersion version : kBothVersions) {
    const Packet packet = packet_between(version);
    const OctetVector quoted = encoded(packet);
    for (std::size_t i = 0; i < kIcmpErrorCount; ++i) {
      const auto error = static_cast<IcmpError>(i);
      if (!has_error(version, error)) continue;
      const IcmpMessage sent = message_about(packet, quoted, error);
      const OctetVector octets = encoded_icmp(sent);
      const auto read = decode_icmp(octets);
      ASSERT_TRUE(read) << to_string(error);
      EXPECT_EQ(read->source, sent.source);
      EXPECT_EQ(read->destination, sent.destination);
      EXPECT_EQ(read->error, error);
      EXPECT_EQ(read->mtu, sent.mtu);
      EXPECT_TRUE(std::ranges::equal(read->quoted, quoted));
    }
  }
}

TEST(Icmp, KnowsWhichVersionHasWhichError) {
  EXPECT_TRUE(has_error(IpVersion::V4, IcmpError::SourceQuench));
  EXPECT_FALSE(has_error(IpVersion::V6, IcmpError::SourceQuench));
  EXPECT_FALSE(has_error(IpVersion::V4, IcmpError::UnknownOption));
  EXPECT_TRUE(has_error(IpVersion::V6, IcmpError::PortUnreachable));
}

TEST(Icmp, HasTheTypesAndCodesOfItsVersion) {
  const auto type_and_code = [](IpVersion version, IcmpError error) {
    const Packet packet = packet_between(version);
    const OctetVector octets = encoded_icmp(message_about(packet, encoded(packet), error));
    return std::pair<int, int>(octets[tcp_begin(packet)], octets[tcp_begin(packet) + 1]);
  };
  EXPECT_EQ(type_and_code(IpVersion::V4, IcmpError::PortUnreachable), std::pair(3, 3));
  EXPECT_EQ(type_and_code(IpVersion::V6, IcmpError::PortUnreachable), std::pair(1, 4));
  EXPECT_EQ(type_and_code(IpVersion::V4, IcmpError::FragmentationNeeded), std::pair(3, 4));
  EXPECT_EQ(type_and_code(IpVersion::V6, IcmpError::FragmentationNeeded), std::pair(2, 0));
  EXPECT_EQ(type_and_code(IpVersion::V4, IcmpError::TimeExceeded), std::pair(11, 0));
  EXPECT_EQ(type_and_code(IpVersion::V6, IcmpError::TimeExceeded), std::pair(3, 0));
}

TEST(Icmp, NamesTheSegmentThatItQuotesFromEightOctetsOfIt) {
  for (const IpVersion version : kBothVersions) {
    const Packet packet = packet_between(version);
    const OctetVector whole = encoded(packet);
    const std::size_t enough = tcp_begin(packet) + 8;
    const auto quoted = quoted_segment(Octets(whole).first(enough));
    ASSERT_TRUE(quoted);
    EXPECT_EQ(quoted->source, (Endpoint{.address = packet.source, .port = 7}));
    EXPECT_EQ(quoted->destination, (Endpoint{.address = packet.destination, .port = 40000}));
    EXPECT_EQ(quoted->seq, packet.segment.seq);
    EXPECT_FALSE(quoted_segment(Octets(whole).first(enough - 1)));
  }
}

TEST(Icmp, IsNotReadFromWhatIsDamaged) {
  for (const IpVersion version : kBothVersions) {
    const Packet packet = packet_between(version);
    const OctetVector octets =
        encoded_icmp(message_about(packet, encoded(packet), IcmpError::NetUnreachable));
    for (std::size_t size = 0; size < octets.size(); ++size) {
      EXPECT_FALSE(decode_icmp(Octets(octets).first(size))) << size;
    }
    OctetVector damaged = octets;
    damaged.back() ^= 1U;
    EXPECT_FALSE(decode_icmp(damaged));
  }
}

TEST(Icmp, IsNotReadFromASegment) {
  for (const IpVersion version : kBothVersions) {
    const OctetVector segment = encoded(packet_between(version));
    EXPECT_FALSE(decode_icmp(segment));
  }
}

TEST(Icmp, IsToldInTheWordsOfTheLanguage) {
  const Packet packet = packet_between(IpVersion::V4);
  const OctetVector quoted = encoded(packet);
  EXPECT_EQ(to_string(message_about(packet, quoted, IcmpError::FragmentationNeeded),
                      packet.segment.seq - 5),
            "ICMP fragmentation-needed seq=5 mtu=1280");
  EXPECT_EQ(to_string(message_about(packet, {}, IcmpError::SourceQuench), std::nullopt),
            "ICMP source-quench");
}

}  // namespace
}  // namespace tcprove::wire
