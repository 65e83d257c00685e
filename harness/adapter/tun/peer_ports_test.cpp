#include "harness/adapter/tun/peer_ports.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tcprove::adapter::tun {
namespace {

TEST(PeerPorts, AreOthersForEachPlayAndForEachWhoPlaysAtOnce) {
  PeerPorts ours("a wire of a test");
  PeerPorts theirs("a wire of a test");
  std::set<std::uint16_t> seen;
  for (int play = 0; play < 10; ++play) {
    ASSERT_TRUE(ours.take_next());
    ASSERT_TRUE(theirs.take_next());
    EXPECT_NE(ours.first(), theirs.first());
    EXPECT_TRUE(seen.insert(ours.first()).second);
  }
}

TEST(PeerPorts, AreTheSameForTheSamePortOfAPlan) {
  PeerPorts ports("a wire of a test");
  ASSERT_TRUE(ports.take_next());
  EXPECT_EQ(ports.port_for(40000), ports.first());
  EXPECT_EQ(ports.port_for(41000), ports.first() + 1);
  EXPECT_EQ(ports.port_for(40000), ports.first());
  for (std::uint16_t planned = 2; planned < PeerPorts::kBlock; ++planned) {
    EXPECT_TRUE(ports.port_for(planned));
  }
  EXPECT_FALSE(ports.port_for(50000));
}

}  // namespace
}  // namespace tcprove::adapter::tun
