// What an adapter's reset() leaves behind: nothing, so that a run depends on its seed alone.

#include <random>

#include "harness/adapter/contract/contract_fixture.hpp"
#include "harness/adapter/pristine_run.hpp"

namespace tcprove::adapter {
namespace {

using namespace std::chrono_literals;
using enum wire::Flag;

class TwoRunsContract : public Contract {
 protected:
  Emissions run(std::uint64_t seed = 1) { return emissions_of_a_run(*stack, GetParam().ip, seed); }
};
TCPROVE_ON_STACKS(TwoRunsContract, tcp::Capability::VirtualTime);

TEST_P(TwoRunsContract, AreIdentical) {
  const Emissions first = run();
  ASSERT_GT(first.size(), 10U);
  EXPECT_EQ(first, run());
}

TEST_P(TwoRunsContract, DifferByTheirSeed) {
  const Emissions first = run(1);
  EXPECT_NE(first, run(2));
  EXPECT_EQ(first, run(1));
}

TEST_P(TwoRunsContract, ForgetAConnectionWithDataQueuedBothWays) {
  const Emissions pristine_run = run();
  reset(2);
  TestPeer other = another_peer(1);
  const tcp::Handle connection = other.establish_actively();
  other.send_call(connection, std::string(300'000, 'x'));
  other.send(Ack, {.seq = 1, .ack = 1, .data = "unread"});
  other.send(Ack, {.seq = 100, .ack = 1, .data = "out of order"});
  stack->advance(1min + 300us);
  EXPECT_EQ(pristine_run, run());
}

class TwoPlannedRunsContract : public TwoRunsContract {};
TCPROVE_ON_STACKS(TwoPlannedRunsContract, tcp::Capability::VirtualTime, tcp::Capability::SetIss);

TEST_P(TwoPlannedRunsContract, ForgetThePlannedSequenceNumber) {
  const Emissions pristine_run = run();
  stack->set_iss(wire::SeqNum(77));
  stack->advance(40min + 300us);
  EXPECT_EQ(pristine_run, run());
}

class TwoIpVersionsContract : public TwoRunsContract {};
TCPROVE_ON_STACKS(TwoIpVersionsContract, tcp::Capability::VirtualTime, tcp::Capability::Ipv4,
                  tcp::Capability::Ipv6);

TEST_P(TwoIpVersionsContract, ForgetEachOther) {
  const Emissions pristine_run = run();
  const bool v4 = GetParam().ip == wire::IpVersion::V4;
  ASSERT_FALSE(stack->reset(pristine(v4 ? wire::IpVersion::V6 : wire::IpVersion::V4)));
  EXPECT_EQ(pristine_run, run());
}

class ResetContract : public Contract {};
TCPROVE_ON_STACKS(ResetContract);

TEST_P(ResetContract, MakesOldHandlesVoid) {
  const tcp::Handle connection = peer.establish(peer.listen());
  ASSERT_NE(connection, tcp::kNoHandle);
  reset();
  EXPECT_EQ(peer.receive_call(connection), "<no-connection>");
  EXPECT_EQ(peer.state(), tcp::State::Closed);
  EXPECT_TRUE(stack->outbox().empty());
}

TEST_P(ResetContract, LeavesAStackThatWasSentOctetsOfEveryKindAndSize) {
  std::mt19937_64 random(1);
  peer.listen();
  for (std::size_t i = 0; i < 10'000; ++i) {
    std::vector<std::uint8_t> octets(i % 100 == 0 ? 60'000 + i : random() % 200);
    for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(random());
    if (!octets.empty() && i % 2 == 0) octets[0] = i % 4 == 0 ? 0x45 : 0x60;
    stack->deliver(octets);
    if (i % 100 == 0) stack->settle();
  }
  stack->settle();
  reset();
  peer.listen();
  peer.send(Syn, {});
  EXPECT_EQ(answer(), "SYN,ACK seq=0 ack=1");
}

}  // namespace
}  // namespace tcprove::adapter
