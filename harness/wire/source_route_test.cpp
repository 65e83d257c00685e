#include "harness/wire/source_route.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

Packet packet_with(const std::vector<std::uint8_t>& options) {
  Packet packet;
  packet.source = ipv4_address(0xc000'0201);
  packet.destination = ipv4_address(0xc000'0209);
  packet.ip_options = options;
  return packet;
}

TEST(SourceRoute, EndsAtItsLastAddressWhileItIsUnderWay) {
  const std::vector<std::uint8_t> options{1, 131, 11, 4, 192, 0, 2, 7, 192, 0, 2, 2, 0};
  EXPECT_EQ(final_destination(packet_with(options)), ipv4_address(0xc000'0202));
  EXPECT_FALSE(source_route_of(packet_with(options))->complete());
}

TEST(SourceRoute, EndsWhereThePacketIsWhenItIsComplete) {
  const std::vector<std::uint8_t> options{137, 7, 8, 192, 0, 2, 7};
  EXPECT_EQ(final_destination(packet_with(options)), ipv4_address(0xc000'0209));
  EXPECT_TRUE(source_route_of(packet_with(options))->complete());
}

TEST(SourceRoute, IsNoneWhereItIsMalformedOrAnotherOption) {
  const std::vector<std::vector<std::uint8_t>> malformed{{131},
                                                         {131, 2},
                                                         {131, 3, 4},
                                                         {131, 6, 4, 1, 2, 3},
                                                         {131, 7, 3, 1, 2, 3, 4},
                                                         {131, 11, 4, 1, 2, 3, 4},
                                                         {7, 7, 4, 0, 0, 0, 0},
                                                         {0, 131, 7, 4, 1, 2, 3, 4}};
  for (const auto& options : malformed) {
    EXPECT_FALSE(source_route_of(packet_with(options))) << options.size();
    EXPECT_EQ(final_destination(packet_with(options)), ipv4_address(0xc000'0209));
  }
}

/// The pseudo-header of a packet on its way has the peer's address, and not the gateway's.
TEST(SourceRoute, GivesThePseudoHeaderItsDestination) {
  const std::vector<std::uint8_t> options{131, 7, 4, 192, 0, 2, 2};
  std::vector<std::uint8_t> routed;
  encode(packet_with(options), {}, routed);
  Packet direct = packet_with({});
  direct.destination = ipv4_address(0xc000'0202);
  std::vector<std::uint8_t> plain;
  encode(direct, {}, plain);
  EXPECT_EQ(decode(routed).segment.checksum, decode(plain).segment.checksum);
  EXPECT_TRUE(decode(routed).flaws.none());
}

}  // namespace
}  // namespace tcprove::wire
