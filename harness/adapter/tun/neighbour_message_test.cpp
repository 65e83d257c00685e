#include "harness/adapter/tun/neighbour_message.hpp"

#include <gtest/gtest.h>

#include "harness/wire/checksum.hpp"

namespace tcprove::adapter::tun {
namespace {

using wire::IpVersion;

constexpr Mac kOwn{2, 0, 0, 0, 0, 1};
constexpr Mac kTheirs{2, 0, 0, 0, 0, 2};

class Neighbour : public testing::TestWithParam<IpVersion> {
 protected:
  wire::IpAddress own = address(1);
  wire::IpAddress theirs = address(0x020304);

  static wire::IpAddress address(int host) {
    wire::IpAddress address =
        *wire::parse_address(GetParam() == IpVersion::V4 ? "10.0.0.0" : "fe80::");
    const std::size_t last = GetParam() == IpVersion::V4 ? 3 : 15;
    for (std::size_t i = 0; i < 3; ++i) {
      address.octets.at(last - i) = static_cast<std::uint8_t>(host >> (8 * i));
    }
    return address;
  }
};

INSTANTIATE_TEST_SUITE_P(Ip, Neighbour, testing::Values(IpVersion::V4, IpVersion::V6));

TEST_P(Neighbour, IsAskedForAndAnswers) {
  const auto asked = read_neighbour_message(GetParam(), neighbour_question(own, kOwn, theirs));
  ASSERT_TRUE(asked);
  EXPECT_TRUE(asked->asks);
  EXPECT_EQ(asked->sender, own);
  EXPECT_EQ(asked->target, theirs);
  EXPECT_EQ(asked->mac, kOwn);
  const auto told = read_neighbour_message(GetParam(), neighbour_answer(theirs, kTheirs, *asked));
  ASSERT_TRUE(told);
  EXPECT_FALSE(told->asks);
  EXPECT_EQ(told->target, theirs);
  EXPECT_EQ(told->mac, kTheirs);
}

TEST_P(Neighbour, IsNotReadFromWhatIsCutShort) {
  const std::vector<std::uint8_t> whole = neighbour_question(own, kOwn, theirs);
  const std::size_t needed = GetParam() == IpVersion::V4 ? whole.size() : whole.size() - 8;
  for (std::size_t size = 0; size < needed; ++size) {
    EXPECT_FALSE(read_neighbour_message(GetParam(), wire::Octets(whole).first(size))) << size;
  }
}

TEST_P(Neighbour, IsAskedInTheGroupThatItListensTo) {
  const Mac everybody{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  const Mac those_with_its_end{0x33, 0x33, 0xff, 2, 3, 4};
  EXPECT_EQ(group_of(theirs), GetParam() == IpVersion::V4 ? everybody : those_with_its_end);
}

TEST(NeighbourDiscovery, HasARightChecksumAndSurvivesAnOptionWithoutLength) {
  const auto own = *wire::parse_address("fe80::1");
  const auto theirs = *wire::parse_address("fe80::2");
  std::vector<std::uint8_t> packet = neighbour_question(own, kOwn, theirs);
  wire::ChecksumSum sum;
  sum.add(wire::Octets(packet).subspan(8, 32));
  sum.add_word(32);
  sum.add_word(58);
  sum.add(wire::Octets(packet).subspan(40));
  EXPECT_EQ(sum.checksum(), 0);
  packet[65] = 0;
  const auto read = read_neighbour_message(IpVersion::V6, packet);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->mac);
}

}  // namespace
}  // namespace tcprove::adapter::tun
