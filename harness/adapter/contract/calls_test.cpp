// What an adapter's user calls answer.

#include <array>
#include <cstddef>

#include "harness/adapter/contract/contract_fixture.hpp"

namespace tcprove::adapter {
namespace {

using enum tcp::CallKind;
using enum wire::Flag;
using tcp::CallStatus;
using tcp::State;

class CallsContract : public Contract {};
TCPROVE_ON_STACKS(CallsContract);

TEST_P(CallsContract, ReceiveAnswersTheOctetsInOrderThenTheEndOfTheStream) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.receive_call(connection), "<would-block>");
  peer.send(Ack, {.seq = 4, .ack = 1, .data = "def"});
  EXPECT_EQ(peer.receive_call(connection), "<would-block>");
  peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "abc"});
  EXPECT_EQ(peer.receive_call(connection, 2), "ab");
  EXPECT_EQ(peer.receive_call(connection), "cdef");
  peer.send(Fin | Ack, {.seq = 7, .ack = 1, .data = "!"});
  EXPECT_EQ(peer.receive_call(connection), "!");
  EXPECT_EQ(peer.receive_call(connection), "<end-of-stream>");
  EXPECT_EQ(peer.receive_call(connection), "<end-of-stream>");
  EXPECT_EQ(peer.state(), State::CloseWait);
}

TEST_P(CallsContract, ReceiveWaitsForTheOctetsThatAFinHasOvertaken) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Fin | Ack, {.seq = 4, .ack = 1, .data = "def"});
  EXPECT_EQ(peer.receive_call(connection), "<would-block>");
  EXPECT_EQ(peer.state(), State::Established);
  peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "abc"});
  read_all();
  if (peer.state() == State::Established) peer.send(Fin | Ack, {.seq = 7, .ack = 1});
  EXPECT_EQ(peer.receive_call(connection), "abcdef");
  EXPECT_EQ(peer.receive_call(connection), "<end-of-stream>");
}

TEST_P(CallsContract, ReceiveOpensTheWindowThatOctetsHaveClosed) {
  const tcp::Handle connection = peer.establish(peer.listen());
  const std::string piece(1024, 'x');
  std::uint32_t seq = 1;
  for (int i = 0; i < 1000 && peer.segment().wnd >= piece.size(); ++i) {
    peer.send(Psh | Ack, {.seq = seq, .ack = 1, .data = piece});
    seq += 1024;
    read_all();
  }
  ASSERT_LT(peer.segment().wnd, piece.size());
  while (!peer.receive_call(connection).starts_with('<')) {
  }
  answer();
  read_all();
  EXPECT_GT(peer.segment().wnd, piece.size());
}

TEST_P(CallsContract, SendEmitsTheOctets) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.send_call(connection, "hello"), "5");
  EXPECT_EQ(answer(), "PSH,ACK seq=1 ack=1 len=5");
}

TEST_P(CallsContract, SendTakesNoMoreThanTheQueueHolds) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.send_call(connection, ""), "0");
  const std::string piece(1'000'000, 'x');
  std::string taken;
  for (int i = 0; i < 100 && taken != "would-block"; ++i) taken = peer.send_call(connection, piece);
  EXPECT_EQ(taken, "would-block");
}

TEST_P(CallsContract, ShutdownEndsSendingAlone) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::Ok);
  EXPECT_EQ(answer(), "FIN,ACK seq=1 ack=1");
  peer.send(Ack, {.seq = 1, .ack = 2});
  EXPECT_EQ(peer.state(), State::FinWait2);
  peer.send(Psh | Ack, {.seq = 1, .ack = 2, .data = "late"});
  EXPECT_EQ(peer.receive_call(connection), "late");
  EXPECT_EQ(peer.send_call(connection, "x"), "closing");
  EXPECT_EQ(peer.call(Shutdown, connection), CallStatus::Closing);
}

TEST_P(CallsContract, AcceptAnswersInTheOrderInWhichConnectionsWereEstablished) {
  const tcp::Handle listener = peer.listen();
  TestPeer other = another_peer(1);
  for (TestPeer* one : {&peer, &other}) {
    stack->outbox().clear();
    one->send(Syn, {});
    ASSERT_EQ(one->next(), "SYN,ACK seq=0 ack=1");
  }
  other.send(Ack, {.seq = 1, .ack = 1});
  peer.send(Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(stack->call({.kind = Accept, .handle = listener}).peer, other.tuple().peer);
  EXPECT_EQ(stack->call({.kind = Accept, .handle = listener}).peer, peer.tuple().peer);
  EXPECT_EQ(peer.call(Accept, listener), CallStatus::WouldBlock);
}

TEST_P(CallsContract, AbortSendsAReset) {
  const tcp::Handle connection = peer.establish(peer.listen());
  EXPECT_EQ(peer.call(Abort, connection), CallStatus::Ok);
  EXPECT_TRUE(answer().starts_with("RST"));
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.receive_call(connection), "<no-connection>");
}

TEST_P(CallsContract, CloseWithUnreadOctetsResets) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "unread"});
  read_all();
  EXPECT_EQ(peer.call(Close, connection), CallStatus::Ok);
  EXPECT_TRUE(answer().starts_with("RST"));
  EXPECT_EQ(peer.state(), State::Closed);
}

TEST_P(CallsContract, CloseOfAListenerResetsWhatNobodyAccepted) {
  const tcp::Handle listener = peer.listen();
  peer.send(Syn, {});
  answer();
  peer.send(Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.call(Close, listener), CallStatus::Ok);
  EXPECT_TRUE(answer().starts_with("RST"));
  EXPECT_EQ(peer.call(Accept, listener), CallStatus::NoConnection);
}

TEST_P(CallsContract, NoConnectionIsBehindAHandleThatWasNeverGiven) {
  EXPECT_EQ(peer.call(Close, tcp::kNoHandle), CallStatus::NoConnection);
  EXPECT_EQ(peer.call(Close, 77), CallStatus::NoConnection);
  EXPECT_EQ(peer.receive_call(77), "<no-connection>");
}

TEST_P(CallsContract, CallOfNoKnownKindIsUnsupported) {
  EXPECT_EQ(stack->call({.kind = static_cast<tcp::CallKind>(99)}).status, CallStatus::Unsupported);
}

TEST_P(CallsContract, CallWhoseCapabilityIsMissingIsUnsupported) {
  const tcp::Handle connection = peer.establish(peer.listen());
  const std::array<std::uint8_t, 1> octet{};
  const auto tells = [&](tcp::Capability capability, tcp::UserCall call) {
    call.handle = connection;
    const bool unsupported = stack->call(call).status == CallStatus::Unsupported;
    EXPECT_NE(unsupported, offers(capability)) << to_string(capability);
  };
  using enum tcp::Capability;
  using Option = tcp::UserOption;
  tells(UrgentReceive, {.kind = Urgent});
  tells(ErrorReports, {.kind = Report});
  tells(UrgentSend, {.kind = Send, .octets = octet, .urgent = true});
  tells(SetNoDelay, {.kind = Set, .option = Option::NoDelay, .value = 1});
  tells(SetKeepAlive, {.kind = Set, .option = Option::KeepAlive, .value = 1});
  tells(SetKeepAliveInterval,
        {.kind = Set, .option = Option::KeepAliveInterval, .value = 3'600'000'000'000});
  tells(SetKeepAliveOctet, {.kind = Set, .option = Option::KeepAliveOctet, .value = 1});
  tells(SetUserTimeout, {.kind = Set, .option = Option::UserTimeout, .value = 60'000'000'000});
  tells(SetDscp, {.kind = Set, .option = Option::Dscp, .value = 8});
  tells(SetTtl, {.kind = Set, .option = Option::Ttl, .value = 32});
  tells(UserAbort, {.kind = Abort});
}

class ErrorsContract : public Contract {};
TCPROVE_ON_STACKS(ErrorsContract, tcp::Capability::UserErrors);

TEST_P(ErrorsContract, ResetIsToldOnce) {
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Rst, {.seq = 1});
  EXPECT_EQ(peer.state(), State::Closed);
  EXPECT_EQ(peer.receive_call(connection), "<reset>");
  EXPECT_EQ(peer.receive_call(connection), "<no-connection>");
}

/// RFC 9293 section 3.10.7.3 says "connection reset" where the sockets' API says "refused".
TEST_P(ErrorsContract, RefusalIsToldOnce) {
  const tcp::Handle connection = peer.open_actively();
  answer();
  peer.send(Rst | Ack, {.ack = 1});
  const std::string told = peer.send_call(connection, "x");
  EXPECT_TRUE(told == "refused" || told == "reset") << told;
  EXPECT_EQ(peer.send_call(connection, "x"), "no-connection");
}

}  // namespace
}  // namespace tcprove::adapter
