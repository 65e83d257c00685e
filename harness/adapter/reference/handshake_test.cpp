#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(PassiveOpen, CompletesWithTheThirdSegment) {
  expect_exchange(R"(
listen
= LISTEN
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
= SYN-RECEIVED
accept -> would-block
> ACK seq=1 ack=1
= ESTABLISHED
accept
)");
}

TEST(ActiveOpen, CompletesWithTheSecondSegment) {
  expect_exchange(R"(
ip 6
connect
< SYN seq=0
= SYN-SENT
> SYN,ACK seq=0 ack=1 mss=1440
< ACK seq=1 ack=1
= ESTABLISHED
)");
}

TEST(ActiveOpen, SendsQueuedTextWithTheHandshakesAck) {
  expect_exchange(R"(
connect
< SYN seq=0
send 10
> SYN,ACK seq=0 ack=1
< PSH,ACK seq=1 ack=1 len=10
)");
}

TEST(SimultaneousOpen, CompletesWithTheCrossingSynAck) {
  expect_exchange(R"(
connect
< SYN seq=0
> SYN seq=0
< SYN,ACK seq=0 ack=1
= SYN-RECEIVED
> SYN,ACK seq=0 ack=1
< ACK seq=1 ack=1
= ESTABLISHED
)");
}

TEST(SimultaneousOpen, CompletesWithAPlainAck) {
  expect_exchange(R"(
connect
< SYN seq=0
> SYN seq=0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
= ESTABLISHED
)");
}

TEST(SynReceived, GoesBackToListenOnAResetOfAPassiveOpen) {
  expect_exchange(R"(
listen
> SYN seq=0
< SYN,ACK seq=0 ack=1
> RST seq=1
= LISTEN
> SYN seq=500
< SYN,ACK seq=0 ack=501
)");
}

TEST(SynReceived, IsRefusedByAResetOfAnActiveOpen) {
  expect_exchange(R"(
connect
< SYN seq=0
> SYN seq=0
< SYN,ACK seq=0 ack=1
> RST seq=1
= CLOSED
receive 1 -> refused
receive 1 -> no-connection
> SYN seq=0
< RST,ACK seq=#0 ack=1
)");
}

TEST(SynReceived, RepeatsTheSynAckUntilTheUserTimeout) {
  expect_exchange(R"(
listen
> SYN seq=0
< SYN,ACK seq=0 ack=1
wait 4s
< +1s SYN,ACK seq=0 ack=1
< +3s SYN,ACK seq=0 ack=1
wait 300s
< +3s SYN,ACK seq=0 ack=1
< +11s SYN,ACK seq=0 ack=1
< +27s SYN,ACK seq=0 ack=1
< +59s SYN,ACK seq=0 ack=1
< +119s SYN,ACK seq=0 ack=1
< +179s SYN,ACK seq=0 ack=1
< +239s SYN,ACK seq=0 ack=1
= LISTEN
)");
}

TEST(SynSent, RepeatsTheSynForFiveMinutesAndTimesOut) {
  expect_exchange(R"(
connect
< SYN seq=0
wait 200s
< +1s SYN seq=0
< +3s SYN seq=0
< +7s SYN seq=0
< +15s SYN seq=0
< +31s SYN seq=0
< +63s SYN seq=0
< +123s SYN seq=0
< +183s SYN seq=0
= SYN-SENT
wait 100s
< +43s SYN seq=0
= CLOSED
receive 1 -> timed-out
send 1 -> no-connection
)");
}

TEST(SynSent, ResetsAHalfOpenPeerAndGoesOn) {
  expect_exchange(R"(
connect
< SYN seq=0
> ACK seq=300 ack=-100
< RST seq=#900
= SYN-SENT
> SYN,ACK seq=0 ack=0
< RST seq=0
= SYN-SENT
wait 1s
< +1s SYN seq=0
)");
}

TEST(SynSent, TakesAResetOnlyIfItAcknowledgesTheSyn) {
  expect_exchange(R"(
connect
< SYN seq=0
> RST seq=0
> RST,ACK seq=0 ack=2
= SYN-SENT
> RST,ACK seq=0 ack=1
= CLOSED
send 1 -> reset
send 1 -> no-connection
)");
}

TEST(SynSent, DeliversWhatCameWithTheSynAck) {
  expect_exchange(R"(
connect
< SYN seq=0
> FIN,SYN,ACK seq=0 ack=1 len=5
< ACK seq=1 ack=7
= CLOSE-WAIT
receive 10 -> 5
receive 10 -> end-of-stream
)");
}

TEST(Listen, KeepsWhatCameWithTheSynForLater) {
  expect_exchange(R"(
listen
> FIN,SYN seq=0 len=5
< SYN,ACK seq=0 ack=1
= SYN-RECEIVED
> ACK seq=7 ack=1
< ACK seq=1 ack=7
= CLOSE-WAIT
accept
receive 10 -> 5
receive 10 -> end-of-stream
)");
}

TEST(Listen, ServesTwoPeersAtOnce) {
  expect_exchange(R"(
listen
> SYN seq=0
< SYN,ACK seq=0 ack=1
peer-port 40001
> SYN seq=0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 3
< PSH,ACK seq=1 ack=1 len=3
peer-port 40000
= SYN-RECEIVED
)");
}

TEST(Listen, ResetsAcksAndIgnoresTheRest) {
  expect_exchange(R"(
listen
> ACK seq=1 ack=1
< RST seq=1
> SYN,ACK seq=1 ack=1
< RST seq=1
> SYN,RST seq=0
> RST,ACK seq=1 ack=1
> FIN seq=1
> none seq=1 len=9
= LISTEN
)");
}

TEST(Closed, ResetsAllButResets) {
  expect_exchange(R"(
> SYN seq=0 len=10
< RST,ACK seq=#0 ack=11
> FIN,ACK seq=10 ack=20
< RST seq=20
> RST seq=1
> none seq=1
< RST,ACK seq=#0 ack=1
show options
> SYN seq=0 ts=77,0
< RST,ACK seq=#0 ack=1 options=<nop,nop,ts 0 77>
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
