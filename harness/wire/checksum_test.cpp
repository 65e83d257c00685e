#include "harness/wire/checksum.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

using OctetVector = std::vector<std::uint8_t>;

std::uint16_t checksum_of(Octets octets) {
  ChecksumSum sum;
  sum.add(octets);
  return sum.checksum();
}

/// RFC 1071 section 4.1's algorithm as it stands there, two octets at a time.
std::uint16_t slow_checksum(Octets octets) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    sum += i % 2 == 0 ? std::uint32_t{octets[i]} << 8U : std::uint32_t{octets[i]};
    sum = (sum & 0xffffU) + (sum >> 16U);
  }
  return static_cast<std::uint16_t>(~sum);
}

TEST(Checksum, IsRfc1071sExample) {
  EXPECT_EQ(checksum_of(OctetVector{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7}),
            static_cast<std::uint16_t>(~0xddf2U));
}

TEST(Checksum, OfAKnownIpv4HeaderIsTheOneItCarries) {
  const OctetVector header{0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11,
                           0x00, 0x00, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7};
  EXPECT_EQ(checksum_of(header), 0xb861);
}

TEST(Checksum, PadsAnOddLengthWithAZeroOctet) {
  EXPECT_EQ(checksum_of(OctetVector{0x12, 0x34, 0x56}),
            checksum_of(OctetVector{0x12, 0x34, 0x56, 0x00}));
  EXPECT_NE(checksum_of(OctetVector{0x12, 0x34, 0x56}),
            checksum_of(OctetVector{0x12, 0x34, 0x00, 0x56}));
}

TEST(Checksum, OfNothingOrZerosIsAllOnes) {
  EXPECT_EQ(checksum_of({}), 0xffff);
  EXPECT_EQ(checksum_of(OctetVector(1000)), 0xffff);
}

TEST(Checksum, CarriesOutOfEveryWidth) {
  EXPECT_EQ(checksum_of(OctetVector(65536, 0xff)), 0x0000);
  EXPECT_EQ(checksum_of(OctetVector{0xff, 0xff, 0x00, 0x01}), 0xfffe);
}

TEST(Checksum, IsThatOfTheSimpleAlgorithmAtEveryLengthAndAlignment) {
  OctetVector octets(300);
  for (std::size_t i = 0; i < octets.size(); ++i) {
    octets[i] = static_cast<std::uint8_t>(i * 167 + 13);
  }
  for (std::size_t begin = 0; begin < 8; ++begin) {
    for (std::size_t size = 0; size <= 64; ++size) {
      const Octets part = Octets(octets).subspan(begin, size);
      ASSERT_EQ(checksum_of(part), slow_checksum(part)) << begin << " " << size;
    }
  }
}

TEST(Checksum, OfPartsIsThatOfTheWhole) {
  const OctetVector whole{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  ChecksumSum sum;
  sum.add(Octets(whole).first(2));
  sum.add_word(0x0304);
  sum.add(Octets(whole).subspan(4));
  EXPECT_EQ(sum.checksum(), checksum_of(whole));
}

// The sums in the comments were made by hand, so that what is expected does not come from this
// code.

/// Ports 20 and 80, SYN, a window of 8192: 0014+0050+5002+2000 = 7066.
OctetVector syn_with(Octets payload) {
  OctetVector segment{0x00, 0x14, 0x00, 0x50, 0,    0,    0, 0, 0, 0,
                      0,    0,    0x50, 0x02, 0x20, 0x00, 0, 0, 0, 0};
  segment.resize(segment.size() + payload.size());
  std::ranges::copy_backward(payload, segment.end());
  return segment;
}

const IpAddress kOne = *parse_address("10.0.0.1");
const IpAddress kTwo = *parse_address("10.0.0.2");

TEST(TcpChecksum, CoversTheIpv4PseudoHeader) {
  // 0a00+0001+0a00+0002, protocol 0006, length 0014: 141d; with the header 8483.
  EXPECT_EQ(tcp_checksum(kOne, kTwo, syn_with({})), static_cast<std::uint16_t>(~0x8483U));
}

TEST(TcpChecksum, CoversTheIpv6PseudoHeaderAndAnOddPayload) {
  // 2001+0db8+0001+2001+0db8+0002, protocol 0006, length 0017: 5b92; with the header cbf8;
  // "abc" is 6162+6300 = c462: 1905a, folded 905b.
  EXPECT_EQ(tcp_checksum(*parse_address("2001:db8::1"), *parse_address("2001:db8::2"),
                         syn_with(OctetVector{'a', 'b', 'c'})),
            static_cast<std::uint16_t>(~0x905bU));
}

TEST(TcpChecksum, OfZerosChangesWithTheirNumberAlone) {
  EXPECT_EQ(tcp_checksum(kOne, kTwo, syn_with(OctetVector(100))),
            static_cast<std::uint16_t>(~(0x8483U + 100)));
  EXPECT_EQ(tcp_checksum(kOne, kTwo, syn_with(OctetVector(101))),
            static_cast<std::uint16_t>(~(0x8483U + 101)));
}

TEST(TcpChecksum, IsZeroWhereTheFieldIsIncludedAndRight) {
  OctetVector segment = syn_with(OctetVector{1, 2, 3});
  const std::uint16_t checksum = tcp_checksum(kOne, kTwo, segment);
  segment[16] = static_cast<std::uint8_t>(checksum >> 8U);
  segment[17] = static_cast<std::uint8_t>(checksum);
  EXPECT_EQ(tcp_checksum(kOne, kTwo, segment), 0);
  segment[17] ^= 1U;
  EXPECT_NE(tcp_checksum(kOne, kTwo, segment), 0);
}

TEST(TcpChecksum, NoticesAnotherAddress) {
  const IpAddress three = *parse_address("10.0.0.3");
  EXPECT_NE(tcp_checksum(kOne, kTwo, syn_with({})), tcp_checksum(kOne, three, syn_with({})));
  EXPECT_NE(tcp_checksum(kOne, kTwo, syn_with({})), tcp_checksum(three, kTwo, syn_with({})));
}

}  // namespace
}  // namespace tcprove::wire
