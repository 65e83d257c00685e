#include "harness/adapter/tun/place.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter::tun {
namespace {

constexpr std::string_view kForm = "tun:DEVICE,stack=ADDR,peer=ADDR,port=N,app=echo|discard";

std::string mistake_in(const std::string& target) {
  const auto place = read_place(target);
  if (place.ok()) return "";
  EXPECT_TRUE(place.error().starts_with(target + ": ")) << place.error();
  return place.error().substr(target.size() + 2);
}

TEST(Place, IsReadInAnyOrderOfItsKeys) {
  const auto read = read_place(
      "tun:tap0,app=echo,offers=timestamps+sack-permitted,port=7,peer=10.0.0.3,"
      "stack=10.0.0.2");
  ASSERT_TRUE(read.ok()) << read.error();
  const Place& place = read.value();
  EXPECT_EQ(place.device, "tap0");
  EXPECT_EQ(to_string(place.stack.address), "10.0.0.2");
  EXPECT_EQ(place.stack.port, 7);
  EXPECT_EQ(to_string(place.peer), "10.0.0.3");
  EXPECT_EQ(place.service, Service::Echo);
  tcp::Capabilities offers;
  offers.add(tcp::Capability::Timestamps);
  offers.add(tcp::Capability::SackPermitted);
  EXPECT_EQ(place.offers, offers);
  EXPECT_EQ(read_place("tun:t,stack=fe80::1,peer=fe80::2,port=9,app=discard").value().service,
            Service::Discard);
}

TEST(Place, SaysWhatIsWrong) {
  const std::string right = "tun:t,stack=10.0.0.2,peer=10.0.0.3,port=7,app=echo";
  EXPECT_EQ(mistake_in(right), "");
  const std::string form(kForm);
  EXPECT_EQ(mistake_in("tun:"), "it names no device: " + form);
  EXPECT_EQ(mistake_in("tun:t"), "it lacks stack=: " + form);
  EXPECT_EQ(mistake_in("tun:t,stack=10.0.0.2,port=7,app=echo"), "it lacks peer=: " + form);
  EXPECT_EQ(mistake_in("tun:a-name-of-16-oct,stack=10.0.0.2"),
            "\"a-name-of-16-oct\" is longer than a device's name may be");
  EXPECT_EQ(mistake_in(right + ",port=8"), "port is given twice");
  EXPECT_EQ(mistake_in(right + ",prot=8"),
            "there is no \"prot\" in " + form + "; did you mean \"port\"?");
  EXPECT_EQ(mistake_in(right + ","), "there is no \"\" in " + form);
  EXPECT_EQ(mistake_in("tun:t,stack"), "stack has no value");
  EXPECT_EQ(mistake_in("tun:t,stack=10.0.0.256"),
            "stack: \"10.0.0.256\" is neither an IPv4 nor an IPv6 address");
  for (const std::string port : {"0", "65536", "-1", "7x", ""}) {
    EXPECT_EQ(mistake_in("tun:t,port=" + port),
              "port: \"" + port + "\" is not a port from 1 to 65535");
  }
  EXPECT_EQ(mistake_in("tun:t,app=chargen"),
            "app: \"chargen\" is neither echo (RFC 862) nor discard (RFC 863)");
  EXPECT_EQ(mistake_in("tun:t,stack=10.0.0.2,peer=fd00::3,port=7,app=echo"),
            "stack=10.0.0.2 and peer=fd00::3 are of two IP versions");
  EXPECT_EQ(mistake_in("tun:t,stack=10.0.0.2,peer=10.0.0.2,port=7,app=echo"),
            "stack and peer have one address");
}

TEST(Place, OffersWhatTheStackHasAndNotWhatTakesAUser) {
  EXPECT_EQ(mistake_in("tun:t,offers=timestamp"),
            "offers: it claims \"timestamp\", which tcprove does not know; did you mean "
            "\"timestamps\"?");
  for (const std::string name : {"user-send", "introspection", "virtual-time", "set-iss"}) {
    EXPECT_EQ(mistake_in("tun:t,offers=" + name),
              "offers: \"" + name + "\" takes a user whom we can call, or a clock in our hands");
  }
}

TEST(Place, IsForAnyoneWhereItsAddressesArePrivate) {
  const auto is_private_text = [](const char* text) {
    return is_private(*wire::parse_address(text));
  };
  for (const char* const text :
       {"127.0.0.1", "127.255.255.255", "10.0.0.0", "10.255.255.255", "172.16.0.0",
        "172.31.255.255", "192.168.0.0", "192.168.255.255", "169.254.0.1", "::1", "fe80::1",
        "febf::1", "fc00::1", "fdff::1"}) {
    EXPECT_TRUE(is_private_text(text)) << text;
  }
  for (const char* const text :
       {"126.255.255.255", "128.0.0.0",       "9.255.255.255", "11.0.0.0",    "172.15.255.255",
        "172.32.0.0",      "192.167.255.255", "192.169.0.0",   "169.253.0.0", "169.255.0.0",
        "192.0.2.1",       "198.51.100.1",    "203.0.113.1",   "100.64.0.1",  "224.0.0.1",
        "255.255.255.255", "0.0.0.0",         "8.8.8.8",       "::",          "::2",
        "fec0::1",         "fe7f::1",         "fbff::1",       "fe00::1",     "2001:db8::1",
        "ff02::1",         "::ffff:10.0.0.1"}) {
    EXPECT_FALSE(is_private_text(text)) << text;
  }
}

TEST(Place, IsForItsOwnerAloneWhereAnAddressIsNot) {
  const auto strange = [](const std::string& addresses) {
    return strange_address(read_place("tun:t,port=7,app=echo," + addresses).value()).value_or("");
  };
  EXPECT_EQ(strange("stack=10.0.0.2,peer=10.0.0.3"), "");
  EXPECT_TRUE(strange("stack=192.0.2.1,peer=10.0.0.3").starts_with("192.0.2.1 is neither"));
  EXPECT_TRUE(strange("stack=10.0.0.2,peer=8.8.8.8").starts_with("8.8.8.8 is neither"));
}

}  // namespace
}  // namespace tcprove::adapter::tun
