#include "harness/adapter/slirp/slirp_adapter.hpp"

#include <gtest/gtest.h>

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

TEST_F(SlirpConnection, OpenedAndClosedByThePeerGoesThroughTheStates) {
  const tcp::Handle listener = peer.listen();
  peer.send(Syn, {});
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.state(), State::SynReceived);
  EXPECT_EQ(peer.call(Accept, listener), CallStatus::WouldBlock);
  peer.send(Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.state(), State::Established);
  const tcp::CallResult accepted = stack->call({.kind = Accept, .handle = listener});
  EXPECT_EQ(accepted.peer, peer.tuple().peer);
  peer.send(Fin | Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.next(), "ACK seq=1 ack=2");
  EXPECT_EQ(peer.state(), State::CloseWait);
  EXPECT_EQ(peer.call(Close, accepted.handle), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "FIN,ACK seq=1 ack=2");
  EXPECT_EQ(peer.state(), State::LastAck);
  peer.send(Ack, {.seq = 2, .ack = 2});
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.next(), "nothing");
}

TEST_F(SlirpConnection, OpenedAndClosedByTheUserStaysInTimeWaitForTwiceTheMsl) {
  const tcp::CallResult opened =
      stack->call({.kind = Connect, .local = peer.tuple().stack, .peer = peer.tuple().peer});
  EXPECT_EQ(peer.next(), "SYN seq=0");
  EXPECT_EQ(peer.segment().source_port, kStackPort) << "and not the port of the host";
  EXPECT_EQ(peer.state(), State::SynSent);
  peer.send(Syn | Ack, {.ack = 1});
  EXPECT_EQ(peer.next(), "ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::Established);
  EXPECT_EQ(peer.call(Close, opened.handle), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "FIN,ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::FinWait1);
  peer.send(Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(peer.state(), State::FinWait2);
  peer.send(Fin | Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(peer.next(), "ACK seq=2 ack=2");
  EXPECT_EQ(peer.state(), State::TimeWait);
  stack->advance(2 * stack->profile().msl - 1s);
  EXPECT_EQ(peer.state(), State::TimeWait);
  stack->advance(2s);
  EXPECT_EQ(peer.state(), State::Closed);
}

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

TEST_F(SlirpConnection, HalfClosedStillReceives) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "FIN,ACK seq=1 ack=1");
  peer.send(Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(peer.state(), State::FinWait2);
  peer.send(Psh | Ack, {.seq = 1, .ack = 2, .data = "late"});
  EXPECT_EQ(peer.receive_call(connection), "late");
}

TEST_F(SlirpConnection, ShowsAListenerByThePeersPortZero) {
  wire::FourTuple listener = peer.tuple();
  listener.peer.port = 0;
  EXPECT_EQ(stack->state(listener), State::Closed);
  const tcp::Handle handle = peer.listen();
  EXPECT_EQ(stack->state(listener), State::Listen);
  EXPECT_EQ(peer.state(), State::Closed);
  peer.call(Close, handle);
  EXPECT_EQ(stack->state(listener), State::Closed);
  peer.send(Syn, {});
  EXPECT_EQ(peer.next(), "RST,ACK seq=0 ack=1") << "nobody listens, and no socket of the host does";
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

}  // namespace
}  // namespace tcprove::adapter::slirp
