#include "harness/wire/address.hpp"

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

using namespace std::string_view_literals;

TEST(Address, Ipv4FillsTheFirstFourOctetsAndLeavesTheRestZero) {
  const IpAddress address = parse_address("192.0.2.1").value();
  EXPECT_EQ(address.version, IpVersion::V4);
  EXPECT_EQ(address.octets, (std::array<std::uint8_t, 16>{192, 0, 2, 1}));
}

TEST(Address, Ipv6FillsAllSixteenOctets) {
  const IpAddress address = parse_address("2001:db8::1").value();
  EXPECT_EQ(address.version, IpVersion::V6);
  EXPECT_EQ(address.octets, (std::array<std::uint8_t, 16>{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0,
                                                          0, 0, 0, 0, 0, 1}));
}

TEST(Address, PrintsInTheShortestSpelling) {
  EXPECT_EQ(to_string(*parse_address("2001:DB8:0:0:1:0:0:1")), "2001:db8::1:0:0:1");
  EXPECT_EQ(to_string(*parse_address("2001:0db8:0000:0001:0001:0001:0001:0001")),
            "2001:db8:0:1:1:1:1:1")
      << "RFC 5952 section 4.2.2: one field of zeros stays";
  EXPECT_EQ(to_string(*parse_address("::")), "::");
  EXPECT_EQ(to_string(*parse_address("255.255.255.255")), "255.255.255.255");
}

TEST(Address, OfTheSameOctetsButAnotherVersionDiffers) {
  EXPECT_NE(*parse_address("0.0.0.0"), *parse_address("::"));
}

TEST(Address, TextThatIsNoAddressIsRefused) {
  for (const std::string_view text :
       {""sv, "192.0.2"sv, "192.0.2.256"sv, "192.0.2.1 "sv, "192.0.2.1\0"sv, "192.0.2.1\0.5"sv,
        "2001:db8::1::2"sv, "2001:db8"sv, "localhost"sv, "fe80::1%eth0"sv,
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"sv}) {
    EXPECT_EQ(parse_address(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tcprove::wire
