#include "harness/wire/ip_options.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

std::string read(IpVersion ip, const std::vector<std::uint8_t>& options) {
  Packet packet;
  packet.source.version = ip;
  packet.ip_options = options;
  IpOptionReader reader(packet);
  std::string text;
  while (const auto option = reader.next()) {
    text += fmt::format("{}({})", option->kind, fmt::join(option->data, ","));
  }
  return text;
}

TEST(IpOptions, OfIpv4CountKindAndLengthAndEndWithAZero) {
  EXPECT_EQ(read(IpVersion::V4, {1, 148, 4, 7, 8, 1, 131, 3, 4, 0, 148, 2}), "148(7,8)131(4)");
}

TEST(IpOptions, OfIpv6CountWhatFollowsTheLengthAndSkipBothPaddings) {
  EXPECT_EQ(read(IpVersion::V6, {0, 1, 2, 0, 0, 194, 1, 9, 5, 0}), "194(9)5()");
}

TEST(IpOptions, EndWhereTheyAreMalformed) {
  EXPECT_EQ(read(IpVersion::V4, {148, 2, 131}), "148()");
  EXPECT_EQ(read(IpVersion::V4, {148, 2, 131, 1, 148, 2}), "148()");
  EXPECT_EQ(read(IpVersion::V4, {148, 2, 131, 0, 148, 2}), "148()");
  EXPECT_EQ(read(IpVersion::V4, {131, 5, 4, 9}), "");
  EXPECT_EQ(read(IpVersion::V6, {5, 3, 0, 0}), "");
  EXPECT_EQ(read(IpVersion::V4, {}), "");
}

}  // namespace
}  // namespace tcprove::wire
