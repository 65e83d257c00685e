#include <string>

#include <gtest/gtest.h>

#include "harness/adapter/slirp/slirp_adapter.hpp"
#include "harness/adapter/slirp/slirp_bare_cycle.hpp"
#include "harness/adapter/test_peer.hpp"

namespace tcprove::adapter::slirp {
namespace {

using enum tcp::CallKind;
using enum wire::Flag;
using tcp::CallStatus;
using tcp::State;

class SlirpUser : public testing::Test {
 protected:
  SlirpUser() { stack->reset(pristine(wire::IpVersion::V4)); }

  std::unique_ptr<Adapter> stack = make_slirp_adapter();
  TestPeer peer{*stack};
};

TEST_F(SlirpUser, ReceivesTheOctetsInOrderThenTheEndOfTheStream) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.receive_call(connection), "<would-block>");
  peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "hello"});
  EXPECT_EQ(peer.receive_call(connection, 2), "he");
  EXPECT_EQ(peer.receive_call(connection), "llo");
  peer.send(Fin | Ack, {.seq = 6, .ack = 1, .data = "!"});
  EXPECT_EQ(peer.receive_call(connection), "!");
  EXPECT_EQ(peer.receive_call(connection), "<end-of-stream>");
}

TEST_F(SlirpUser, SendsNoMoreThanTheBuffersHold) {
  const tcp::Handle connection = peer.establish(peer.listen());
  const std::string piece(1'000'000, 'x');
  const int taken = std::stoi(peer.send_call(connection, piece));
  EXPECT_GT(taken, 100'000);
  EXPECT_LT(taken, 1'000'000);
  EXPECT_EQ(peer.send_call(connection, piece), "would-block");
}

TEST_F(SlirpUser, ClosesTheWindowUntilTheOctetsAreTaken) {
  const tcp::Handle connection = peer.establish(peer.listen());
  const std::string piece(1024, 'x');
  for (std::uint32_t i = 0; i < 200; ++i) {
    peer.send(Psh | Ack, {.seq = 1 + 1024 * i, .ack = 1, .data = piece});
  }
  while (peer.next() != "nothing") {
  }
  EXPECT_EQ(peer.segment().wnd, 0);
  std::size_t received = 0;
  for (std::string octets; !(octets = peer.receive_call(connection)).starts_with('<');) {
    received += octets.size();
  }
  EXPECT_GT(received, 128U * 1024);
  while (peer.next() != "nothing") {
  }
  EXPECT_GT(peer.segment().wnd, 1460);
}

TEST_F(SlirpUser, SendsNothingAfterShutdown) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.call(Shutdown, connection);
  EXPECT_EQ(peer.send_call(connection, "x"), "closing");
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::Closing);
}

TEST_F(SlirpUser, SeesAnEndWhereTheConnectionWasReset) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Rst, {.seq = 1});
  EXPECT_EQ(peer.receive_call(connection), "<end-of-stream>");
  EXPECT_EQ(peer.send_call(connection, "x"), "no-connection");
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::NoConnection);
  EXPECT_FALSE(stack->profile().capabilities.has(tcp::Capability::UserErrors));
}

TEST_F(SlirpUser, AcceptsInTheOrderInWhichConnectionsWereEstablished) {
  const tcp::Handle listener = peer.listen();
  TestPeer other(*stack, wire::IpVersion::V4, kPeerPort + 1);
  for (TestPeer* one : {&peer, &other}) {
    one->send(Syn, {});
    while (one->next() != "nothing") {
    }
  }
  other.send(Ack, {.seq = 1, .ack = 1});
  peer.send(Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(stack->call({.kind = Accept, .handle = listener}).peer, other.tuple().peer);
  EXPECT_EQ(stack->call({.kind = Accept, .handle = listener}).peer, peer.tuple().peer);
  EXPECT_EQ(peer.call(Accept, listener), CallStatus::WouldBlock);
}

TEST_F(SlirpUser, AbortsWithAReset) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.call(Abort, connection), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "RST,ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.receive_call(connection), "<no-connection>");
}

TEST_F(SlirpUser, ClosesWithAResetWhereOctetsAreUnread) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "unread"});
  peer.next();
  peer.call(Close, connection);
  EXPECT_EQ(peer.next(), "RST,ACK seq=1 ack=7");
}

TEST_F(SlirpUser, ResetsWhatNobodyCanAcceptAnyMore) {
  const tcp::Handle listener = peer.listen();
  peer.send(Syn, {});
  peer.next();
  peer.send(Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.call(Close, listener), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "RST,ACK seq=1 ack=1");
}

TEST_F(SlirpUser, GetsAnInvalidArgumentForACallThatDoesNotFit) {
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
