#include "harness/adapter/slirp/slirp_adapter.hpp"

#include <gtest/gtest.h>

#include "harness/adapter/slirp/slirp_bare_cycle.hpp"
#include "harness/adapter/test_peer.hpp"

namespace tcprove::adapter::slirp {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;
using tcp::CallStatus;
using tcp::State;

class SlirpConnection : public testing::Test {
 protected:
  SlirpConnection() { stack->reset(pristine(wire::IpVersion::V4)); }

  std::unique_ptr<Adapter> stack = make_slirp_adapter();
  TestPeer peer{*stack};
};

TEST_F(SlirpConnection, OpenedAgainFromItsPortIsAnotherOne) {
  const tcp::Handle first = peer.establish_actively();
  EXPECT_EQ(
      stack->call({.kind = Connect, .local = peer.tuple().stack, .peer = peer.tuple().peer}).status,
      CallStatus::InvalidArgument)
      << "while the first is there";
  peer.call(Abort, first);
  EXPECT_EQ(peer.next(), "RST,ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::Closed);
  peer.establish_actively();
  EXPECT_EQ(peer.state(), State::Established);
}

TEST_F(SlirpConnection, OfTheUsersIsOverAndItsPortListens) {
  const tcp::Handle active = peer.establish_actively();
  peer.call(Abort, active);
  peer.next();
  const tcp::Handle listener = peer.listen();
  const tcp::Handle passive = peer.establish(listener);
  EXPECT_NE(passive, tcp::kNoHandle);
  EXPECT_EQ(peer.state(), State::Established);
}

TEST_F(SlirpConnection, AnswersAPeerThatItHasNeverHeardOf) {
  peer.listen();
  peer.pretend_to_be(*wire::parse_address("192.0.2.77"));
  peer.send(Syn, {});
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
}

TEST_F(SlirpConnection, StampsEachRetransmissionOfALongWaitWithItsOwnInstant) {
  peer.listen();
  peer.send(Syn, {});
  peer.next();
  stack->advance(25s);
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.at(), 11 * 499ms) << "of its 12 ticks the first comes with the SYN";
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.at(), (11 + 24) * 499ms);
  EXPECT_EQ(peer.next(), "nothing");
}

TEST_F(SlirpConnection, FiresATickAtItsDeadlineAndNotBefore) {
  EXPECT_EQ(stack->next_deadline(), std::nullopt) << "without a connection nothing ticks";
  peer.listen();
  peer.send(Syn, {});
  peer.next();
  for (int tick = 0; tick < 11; ++tick) {
    EXPECT_EQ(peer.next(), "nothing");
    ASSERT_EQ(stack->next_deadline(), 499ms);
    stack->advance(498ms + 999'999ns);
    EXPECT_EQ(stack->next_deadline(), 1ns);
    stack->advance(1ns);
  }
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
}

TEST_F(SlirpConnection, SeesAnEndWhereTheConnectionWasReset) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Rst, {.seq = 1});
  EXPECT_EQ(peer.receive_call(connection), "<end-of-stream>");
  EXPECT_EQ(peer.send_call(connection, "x"), "no-connection");
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::NoConnection);
  EXPECT_FALSE(stack->profile().capabilities.has(tcp::Capability::UserErrors));
}

TEST_F(SlirpConnection, GetsAnInvalidArgumentForACallThatDoesNotFit) {
  const tcp::Handle listener = peer.listen();
  EXPECT_EQ(peer.call(Shutdown, listener), CallStatus::InvalidArgument);
  EXPECT_EQ(peer.listen(), tcp::kNoHandle) << "the port is taken";
  const tcp::Handle connection = peer.establish(listener);
  EXPECT_EQ(peer.call(Accept, connection), CallStatus::InvalidArgument);
  EXPECT_EQ(peer.call(Urgent, connection), CallStatus::Unsupported);
  EXPECT_EQ(peer.call(Close, 77), CallStatus::NoConnection);
  const wire::Endpoint nobody{.address = wire::ipv4_address(0), .port = kPeerPort};
  stack->outbox().clear();
  EXPECT_EQ(stack->call({.kind = Connect, .peer = nobody}).status, CallStatus::InvalidArgument);
  EXPECT_TRUE(stack->outbox().empty());
}

TEST(SlirpBareCycle, RunsAgainAndAgain) {
  BareCycle cycle;
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(cycle.run()) << "cycle " << i;
}

}  // namespace
}  // namespace tcprove::adapter::slirp
