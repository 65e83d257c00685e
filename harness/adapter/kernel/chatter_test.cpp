#include "harness/adapter/kernel/chatter.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tcprove::adapter::kernel {
namespace {

TEST(Chatter, IsWhatAHostSaysOfItselfAndNoError) {
  std::vector<std::uint8_t> packet(48);
  packet[0] = 0x60;
  packet[6] = 58;    // ICMPv6
  packet[40] = 133;  // Router solicitation.
  EXPECT_TRUE(is_chatter(packet));
  packet[40] = 1;  // Destination unreachable.
  EXPECT_FALSE(is_chatter(packet));
  packet[0] = 0x45;
  packet[9] = 2;  // IGMP
  EXPECT_TRUE(is_chatter(packet));
  packet[9] = 6;  // TCP
  EXPECT_FALSE(is_chatter(packet));
  EXPECT_FALSE(is_chatter({}));
}

}  // namespace
}  // namespace tcprove::adapter::kernel
