#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/adapter/lwip/lwip_adapter.hpp"
#include "harness/adapter/test_peer.hpp"

namespace tcprove::adapter::lwip {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;
using tcp::CallStatus;
using tcp::State;

class LwipUser : public testing::Test {
 protected:
  LwipUser() { stack->reset(pristine(wire::IpVersion::V4)); }

  std::unique_ptr<Adapter> stack = make_lwip_adapter();
  TestPeer peer{*stack};
};

TEST_F(LwipUser, ReceivesWhatCameBeforeAnEndThatLeftNoTcb) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Fin | Ack, {.seq = 1, .ack = 1, .data = "last"});
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::Ok);
  peer.send(Ack, {.seq = 6, .ack = 2});
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.receive_call(connection), "last");
  EXPECT_EQ(peer.receive_call(connection), "<end-of-stream>");
  EXPECT_EQ(peer.call(Close, connection), CallStatus::Ok);
}

TEST_F(LwipUser, ReceivesWhatCameBeforeATimeWaitThatHasEnded) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.call(Shutdown, connection);
  peer.send(Fin | Ack, {.seq = 1, .ack = 2, .data = "last"});
  EXPECT_EQ(peer.state(), State::TimeWait);
  stack->advance(5min);
  EXPECT_EQ(peer.state(), State::Closed);
  TestPeer newcomer(*stack, wire::IpVersion::V4, kPeerPort + 1);  // takes the old TCB's place
  newcomer.send(Syn, {});
  EXPECT_EQ(newcomer.state(), State::SynReceived);
  EXPECT_EQ(peer.receive_call(connection), "last");
  EXPECT_EQ(peer.call(Abort, connection), CallStatus::Ok);
  EXPECT_EQ(newcomer.state(), State::SynReceived);
}

TEST_F(LwipUser, SendsNoMoreThanTheQueueHolds) {
  const tcp::Handle connection = peer.establish(peer.listen());
  const std::string much(100'000, 'x');
  EXPECT_EQ(peer.send_call(connection, ""), "0");
  EXPECT_EQ(peer.send_call(connection, much), "65535");
  EXPECT_EQ(peer.send_call(connection, much), "would-block");
  EXPECT_EQ(peer.next(), "ACK seq=1 ack=1 len=1460");
  peer.send(Ack, {.seq = 1, .ack = 1461});
  EXPECT_EQ(peer.send_call(connection, much), "1460");
}

TEST_F(LwipUser, SendsAsManySmallSegmentsAsTheQueueHolds) {
  peer.listen();
  constexpr std::uint8_t kMss100[] = {2, 4, 0, 100};
  const tcp::Handle listener = peer.listen();
  EXPECT_EQ(listener, tcp::kNoHandle) << "the port is taken";
  peer.send(Syn, {.options = kMss100});
  peer.next();
  peer.send(Ack, {.seq = 1, .ack = 1});
  const tcp::Handle connection = stack->call({.kind = Accept, .handle = 1}).handle;
  const std::size_t taken = std::stoul(peer.send_call(connection, std::string(65'535, 'x')));
  EXPECT_GE(taken, 17'500U);
  EXPECT_LT(taken, 65'535U);
  EXPECT_EQ(peer.send_call(connection, std::string(1000, 'x')), "would-block");
}

TEST_F(LwipUser, QueuesInSynSentAndSendsWhenEstablished) {
  const tcp::CallResult opened =
      stack->call({.kind = Connect, .local = peer.tuple().stack, .peer = peer.tuple().peer});
  EXPECT_EQ(peer.next(), "SYN seq=0");
  EXPECT_EQ(peer.send_call(opened.handle, "early"), "5");
  EXPECT_EQ(peer.receive_call(opened.handle), "<would-block>");
  EXPECT_EQ(peer.next(), "nothing");
  peer.send(Syn | Ack, {.ack = 1});
  EXPECT_EQ(peer.next(), "PSH,ACK seq=1 ack=1 len=5");
}

TEST_F(LwipUser, IsToldOnceThatTheConnectionWasReset) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Ack, {.seq = 1, .ack = 1, .data = "flushed"});
  peer.send(Rst, {.seq = 8});
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.receive_call(connection), "<reset>");
  EXPECT_EQ(peer.receive_call(connection), "<no-connection>");
  EXPECT_EQ(peer.call(Close, connection), CallStatus::NoConnection);
}

TEST_F(LwipUser, IsToldThatTheConnectionTimedOut) {
  const tcp::CallResult opened =
      stack->call({.kind = Connect, .local = peer.tuple().stack, .peer = peer.tuple().peer});
  stack->advance(10min);
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.receive_call(opened.handle), "<timed-out>");
  EXPECT_EQ(peer.receive_call(opened.handle), "<no-connection>");
}

TEST_F(LwipUser, CannotHalfCloseWhatIsNotOpenYet) {
  const tcp::CallResult opened =
      stack->call({.kind = Connect, .local = peer.tuple().stack, .peer = peer.tuple().peer});
  EXPECT_EQ(peer.call(Shutdown, opened.handle), CallStatus::NoConnection);
  EXPECT_EQ(peer.state(), State::SynSent);
}

TEST_F(LwipUser, AcceptsAConnectionThatWasResetMeanwhileAndIsTold) {
  const tcp::Handle listener = peer.listen();
  peer.send(Syn, {});
  peer.next();
  peer.send(Ack, {.seq = 1, .ack = 1});
  peer.send(Rst, {.seq = 1});
  const tcp::CallResult accepted = stack->call({.kind = Accept, .handle = listener});
  EXPECT_EQ(accepted.status, CallStatus::Ok);
  EXPECT_EQ(peer.receive_call(accepted.handle), "<reset>");
}

TEST_F(LwipUser, HearsNothingOfAConnectionThatOutlivesItsHandle) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.call(Close, connection);
  EXPECT_EQ(peer.next(), "FIN,ACK seq=1 ack=1");
  peer.send(Ack, {.seq = 1, .ack = 2, .data = "too late"});
  EXPECT_EQ(peer.next(), "RST,ACK seq=2 ack=9");
  EXPECT_EQ(peer.receive_call(connection), "<no-connection>");
}

TEST_F(LwipUser, ListensAgainWhileAnOldConnectionLingers) {
  const tcp::Handle listener = peer.listen();
  const tcp::Handle connection = peer.establish(listener);
  peer.call(Close, listener);
  peer.call(Close, connection);
  EXPECT_EQ(peer.state(), State::FinWait1);
  EXPECT_NE(peer.listen(), tcp::kNoHandle);
}

TEST_F(LwipUser, GetsAnInvalidArgumentForACallThatDoesNotFitTheHandle) {
  const tcp::Handle listener = peer.listen();
  const tcp::Handle connection = peer.establish(listener);
  EXPECT_EQ(peer.call(Accept, connection), CallStatus::InvalidArgument);
  EXPECT_EQ(peer.call(Shutdown, listener), CallStatus::InvalidArgument);
  EXPECT_EQ(stack->call({.kind = Listen, .local = peer.tuple().stack}).status,
            CallStatus::InvalidArgument)
      << "somebody listens there";
  EXPECT_EQ(
      stack->call({.kind = Connect, .local = peer.tuple().stack, .peer = peer.tuple().peer}).status,
      CallStatus::InvalidArgument)
      << "the connection exists";
}

TEST_F(LwipUser, SetsWhatLwipCanOnConnectionsToComeAndOnOpenOnes) {
  const ResetOptions link = pristine(wire::IpVersion::V4);
  const auto syn = [&] {
    stack->outbox().clear();
    stack->call({.kind = Connect, .peer = {.address = link.peer, .port = 9}});
    return wire::decode(stack->outbox().packet(0));
  };
  const auto set = [&](tcp::UserOption option, std::int64_t value, tcp::Handle on = 0) {
    return stack->call({.kind = Set, .handle = on, .option = option, .value = value}).status;
  };
  EXPECT_EQ(set(tcp::UserOption::Ttl, 7), CallStatus::Ok);
  EXPECT_EQ(set(tcp::UserOption::Dscp, 46), CallStatus::Ok);
  EXPECT_EQ(syn().hop_limit, 7);
  EXPECT_EQ(syn().traffic_class, 46 << 2);
  stack->reset(link);
  EXPECT_EQ(syn().traffic_class, 0) << "a pristine stack has forgotten it";
  stack->outbox().clear();
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(set(tcp::UserOption::NoDelay, 1, connection), CallStatus::Ok);
  EXPECT_EQ(set(tcp::UserOption::UserTimeout, 1, connection), CallStatus::Unsupported);
  EXPECT_EQ(set(tcp::UserOption::Ttl, 1, 999), CallStatus::NoConnection);
}

}  // namespace
}  // namespace tcprove::adapter::lwip
