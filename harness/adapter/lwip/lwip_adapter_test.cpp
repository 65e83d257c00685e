#include "harness/adapter/lwip/lwip_adapter.hpp"

#include <gtest/gtest.h>

#include "harness/adapter/test_peer.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::adapter::lwip {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;
using tcp::CallStatus;
using tcp::State;

/// One connection over one IP version.
class LwipConnection : public testing::TestWithParam<wire::IpVersion> {
 protected:
  LwipConnection() { stack->reset(pristine(GetParam())); }

  std::unique_ptr<Adapter> stack = make_lwip_adapter();
  TestPeer peer{*stack, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Ip, LwipConnection,
                         testing::Values(wire::IpVersion::V4, wire::IpVersion::V6),
                         [](const auto& instance) {
                           return instance.param == wire::IpVersion::V4 ? "V4" : "V6";
                         });

TEST_P(LwipConnection, HalfClosedStillReceives) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "FIN,ACK seq=1 ack=1");
  peer.send(Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(peer.state(), State::FinWait2);
  peer.send(Psh | Ack, {.seq = 1, .ack = 2, .data = "late"});
  EXPECT_EQ(peer.receive_call(connection), "late");
  stack->advance(5min);
  EXPECT_EQ(peer.state(), State::FinWait2);
}

TEST_P(LwipConnection, OffersTheOptionsThatTheProfileSays) {
  stack->call({.kind = Connect, .local = peer.tuple().stack, .peer = peer.tuple().peer});
  ASSERT_EQ(peer.next(), "SYN seq=0");
  const tcp::Capabilities offered = stack->profile().capabilities;
  const wire::Octets options = peer.segment().options;
  EXPECT_EQ(wire::find_option<wire::WindowScale>(options).has_value(),
            offered.has(tcp::Capability::WindowScale));
  EXPECT_EQ(wire::find_option<wire::Timestamps>(options).has_value(),
            offered.has(tcp::Capability::Timestamps));
  EXPECT_EQ(wire::find_option<wire::SackPermitted>(options).has_value(),
            offered.has(tcp::Capability::SackPermitted));
  const std::uint16_t mss = GetParam() == wire::IpVersion::V4 ? 1460 : 1440;
  EXPECT_EQ(wire::find_option<wire::MaximumSegmentSize>(options)->octets, mss);
}

TEST_P(LwipConnection, ChallengesAResetThatIsNotExact) {
  peer.establish(peer.listen());
  peer.send(Rst, {.seq = 100});
  EXPECT_EQ(peer.next(), "ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::Established);
}

/// Timers do not depend on the IP version.
class LwipTime : public testing::Test {
 protected:
  LwipTime() { stack->reset(pristine(wire::IpVersion::V4)); }

  std::unique_ptr<Adapter> stack = make_lwip_adapter();
  TestPeer peer{*stack};
};

TEST_F(LwipTime, FiresATimerAtItsDeadlineAndNotBefore) {
  peer.establish(peer.listen());
  peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "x"});
  const auto deadline = stack->next_deadline();
  ASSERT_EQ(deadline, stack->profile().delayed_ack_max);
  stack->advance(*deadline - 1ns);
  EXPECT_EQ(peer.next(), "nothing");
  EXPECT_EQ(stack->next_deadline(), 1ns);
  stack->advance(1ns);
  EXPECT_EQ(peer.next(), "ACK seq=1 ack=2");
  EXPECT_EQ(peer.at(), 250ms);
}

TEST_F(LwipTime, KeepsWhatIsLessThanAMillisecond) {
  stack->advance(400us);
  stack->advance(400us);
  peer.listen();
  peer.send(Syn, {});
  EXPECT_EQ(stack->next_deadline(), 249ms + 200us);
  stack->advance(200us);
  EXPECT_EQ(stack->next_deadline(), 249ms);
  peer.next();
  EXPECT_EQ(peer.at(), 800us);
}

TEST_F(LwipTime, StampsEachRetransmissionOfALongWaitWithItsOwnInstant) {
  peer.listen();
  peer.send(Syn, {});
  peer.next();
  stack->advance(19s);
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  const base::Duration first = peer.at();
  EXPECT_GT(first, stack->profile().initial_rto - 500ms);
  EXPECT_LE(first, stack->profile().initial_rto);
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.at() - first, 6s);
  EXPECT_EQ(peer.next(), "nothing");
}

TEST_F(LwipTime, HasNoDeadlineWhenTheLastConnectionIsGone) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_NE(stack->next_deadline(), std::nullopt);
  peer.call(Abort, connection);
  stack->advance(1s);
  EXPECT_EQ(stack->next_deadline(), std::nullopt);
}

}  // namespace
}  // namespace tcprove::adapter::lwip
