// The states that an adapter tells: from the first SYN to the end of TIME-WAIT.

#include "harness/adapter/contract/contract_fixture.hpp"

namespace tcprove::adapter {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;
using tcp::CallStatus;
using tcp::State;

class StatesContract : public Contract {};
TCPROVE_ON_STACKS(StatesContract);

TEST_P(StatesContract, PassiveOpenAndPassiveClose) {
  const tcp::Handle listener = peer.listen();
  EXPECT_EQ(peer.state(), State::Closed);
  peer.send(Syn, {});
  EXPECT_EQ(answer(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.state(), State::SynReceived);
  EXPECT_EQ(peer.call(Accept, listener), CallStatus::WouldBlock);
  peer.send(Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.state(), State::Established);
  const tcp::CallResult accepted = stack->call({.kind = Accept, .handle = listener});
  EXPECT_EQ(accepted.peer, peer.tuple().peer);
  peer.send(Fin | Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(answer(), "ACK seq=1 ack=2");
  EXPECT_EQ(peer.state(), State::CloseWait);
  EXPECT_EQ(peer.call(Close, accepted.handle), CallStatus::Ok);
  EXPECT_EQ(answer(), "FIN,ACK seq=1 ack=2");
  EXPECT_EQ(peer.state(), State::LastAck);
  peer.send(Ack, {.seq = 2, .ack = 2});
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.next(), "nothing");
}

TEST_P(StatesContract, ActiveOpenAndActiveClose) {
  const tcp::Handle connection = peer.open_actively();
  EXPECT_EQ(answer(), "SYN seq=0");
  EXPECT_EQ(peer.segment().source_port, kStackPort);
  EXPECT_EQ(peer.state(), State::SynSent);
  peer.send(Syn | Ack, {.ack = 1});
  EXPECT_EQ(answer(), "ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::Established);
  EXPECT_EQ(peer.call(Close, connection), CallStatus::Ok);
  EXPECT_EQ(answer(), "FIN,ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::FinWait1);
  peer.send(Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(peer.state(), State::FinWait2);
  peer.send(Fin | Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(answer(), "ACK seq=2 ack=2");
  EXPECT_EQ(peer.state(), State::TimeWait);
}

class TimedStatesContract : public Contract {};
TCPROVE_ON_STACKS(TimedStatesContract, tcp::Capability::VirtualTime);

TEST_P(TimedStatesContract, TimeWaitLastsTwiceTheMslOfTheProfile) {
  const tcp::Handle connection = peer.establish_actively();
  peer.call(Close, connection);
  peer.next();
  peer.send(Fin | Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(peer.state(), State::TimeWait);
  stack->advance(2 * stack->profile().msl - 1s);
  EXPECT_EQ(peer.state(), State::TimeWait);
  stack->advance(2s);
  EXPECT_EQ(peer.state(), State::Closed);
}

TEST_P(StatesContract, SimultaneousClose) {
  const tcp::Handle connection = peer.establish_actively();
  peer.call(Close, connection);
  EXPECT_EQ(answer(), "FIN,ACK seq=1 ack=1");
  peer.send(Fin | Ack, {.seq = 1, .ack = 1});
  EXPECT_TRUE(answer().ends_with("ack=2"));
  EXPECT_EQ(peer.state(), State::Closing);
  peer.send(Ack, {.seq = 2, .ack = 2});
  EXPECT_EQ(peer.state(), State::TimeWait);
}

TEST_P(StatesContract, ListenerIsShownByThePeersPortZero) {
  wire::FourTuple listener = peer.tuple();
  listener.peer.port = 0;
  EXPECT_EQ(stack->state(listener), State::Closed);
  const tcp::Handle handle = peer.listen();
  EXPECT_EQ(stack->state(listener), State::Listen);
  peer.call(Close, handle);
  EXPECT_EQ(stack->state(listener), State::Closed);
  peer.send(Syn, {});
  EXPECT_EQ(answer(), "RST,ACK seq=0 ack=1") << "nobody listens";
}

TEST_P(StatesContract, ConnectionOverIsAnotherOneWithTheSamePorts) {
  const tcp::Handle first = peer.establish_actively();
  peer.call(Abort, first);
  EXPECT_EQ(peer.state(), State::Closed);
  read_all();
  peer.establish_actively();
  EXPECT_EQ(peer.state(), State::Established);
}

}  // namespace
}  // namespace tcprove::adapter
