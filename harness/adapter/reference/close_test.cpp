#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(ActiveClose, WalksFinWait1FinWait2AndTimeWait) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
= FIN-WAIT-1
> ACK seq=1 ack=2
= FIN-WAIT-2
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
= TIME-WAIT
wait 239s
= TIME-WAIT
wait 1s
= LISTEN
receive 1 -> end-of-stream
)");
}

TEST(ActiveClose, GoesFromFinWait1ToTimeWaitWhenTheFinCarriesTheAck) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
= TIME-WAIT
)");
}

TEST(ActiveClose, StillReceives) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
> ACK seq=1 ack=1 len=5
receive 10 -> 5
> ACK seq=6 ack=2 len=5
< ACK seq=2 ack=11
= FIN-WAIT-2
receive 10 -> 5
receive 10 -> would-block
> FIN,ACK seq=11 ack=2 len=5
< ACK seq=2 ack=17
receive 10 -> 5
receive 10 -> end-of-stream
= TIME-WAIT
)");
}

TEST(ActiveClose, SendsWhatIsQueuedBeforeTheFin) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 3000
< ACK seq=1 ack=1 len=1460
< ACK seq=1461 ack=1 len=1460
shutdown
< FIN,PSH,ACK seq=2921 ack=1 len=80
= FIN-WAIT-1
send 1 -> closing
shutdown -> closing
> ACK seq=1 ack=3001
= FIN-WAIT-1
> ACK seq=1 ack=3002
= FIN-WAIT-2
)");
}

TEST(ActiveClose, RepeatsTheFin) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
wait 7s
< +1s FIN,ACK seq=1 ack=1
< +3s FIN,ACK seq=1 ack=1
< +7s FIN,ACK seq=1 ack=1
> ACK seq=1 ack=2
wait 10s
= FIN-WAIT-2
deadline? -> none
)");
}

TEST(PassiveClose, WalksCloseWaitAndLastAck) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> FIN,ACK seq=1 ack=1
< ACK seq=1 ack=2
= CLOSE-WAIT
receive 1 -> end-of-stream
send 5
< PSH,ACK seq=1 ack=2 len=5
> ACK seq=2 ack=6
shutdown
< FIN,ACK seq=6 ack=2
= LAST-ACK
wait 1s
< +1s FIN,ACK seq=6 ack=2
> ACK seq=2 ack=7
= LISTEN
deadline? -> none
)");
}

TEST(PassiveClose, WaitsForTheFinsTurnInCloseWait) {
  expect_exchange(R"(
listen
> SYN seq=0 wnd=100
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wnd=100
accept
> FIN,ACK seq=1 ack=1 wnd=100
< ACK seq=1 ack=2
send 150
< ACK seq=1 ack=2 len=100
shutdown
= CLOSE-WAIT
send 1 -> closing
wait 500ms
> ACK seq=2 ack=101 wnd=100
< FIN,PSH,ACK seq=101 ack=2 len=50
= LAST-ACK
> ACK seq=2 ack=152 wnd=100
= LISTEN
)");
}

TEST(SimultaneousClose, WalksClosingAndTimeWait) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
> FIN,ACK seq=1 ack=1
< ACK seq=2 ack=2
= CLOSING
wait 1s
< +1s FIN,ACK seq=1 ack=2
> ACK seq=2 ack=2
= TIME-WAIT
)");
}

TEST(TimeWait, IsRestartedByARetransmittedFinOnly) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
wait 100s
> ACK seq=2 ack=2
deadline? -> 140s
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
deadline? -> 4min
> RST seq=2
= TIME-WAIT
wait 240s
= LISTEN
> FIN,ACK seq=1 ack=2
< RST seq=2
)");
}

TEST(TimeWait, GivesWayToAHigherSequenceNumberWhereSomebodyListens) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
> SYN seq=1
< ACK seq=2 ack=2
> SYN seq=2
< SYN,ACK seq=250002 ack=3
= SYN-RECEIVED
> ACK seq=3 ack=250003
= ESTABLISHED
accept
abort
< RST seq=250003
)");
}

TEST(TimeWait, ComesBackWhenTheSynWasAnOldDuplicate) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
wait 60s
> SYN seq=500
< SYN,ACK seq=250002 ack=501
= SYN-RECEIVED
> RST seq=501
= TIME-WAIT
deadline? -> 3min
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
= TIME-WAIT
)");
}

TEST(TimeWait, DoesNotGiveWayWithoutAListener) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
unlisten
shutdown
< FIN,ACK seq=1 ack=1
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
> SYN seq=500
< ACK seq=2 ack=2
= TIME-WAIT
)");
}

TEST(TimeWait, TakesANewerTimestampForANewConnection) {
  expect_exchange(R"(
listen
> SYN seq=0 ts=100,0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 ts=101,0
accept
shutdown
< FIN,ACK seq=1 ack=1
> FIN,ACK seq=1 ack=2 ts=102,0
< ACK seq=2 ack=2
> SYN seq=-50 ts=102,0
> SYN seq=-50 ts=101,0
= TIME-WAIT
> SYN seq=-50 ts=103,0
< SYN,ACK seq=250002 ack=#4951
= SYN-RECEIVED
)");
}

TEST(Close, ResetsIfTextWasNotReceived) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=5
close
< RST seq=1
= LISTEN
receive 1 -> no-connection
> ACK seq=6 ack=1
< RST seq=1
)");
}

TEST(Close, ResetsWhenTextArrivesLater) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
close
< FIN,ACK seq=1 ack=1
> ACK seq=1 ack=2
= FIN-WAIT-2
> ACK seq=1 ack=2 len=5
< RST seq=2
= LISTEN
)");
}

TEST(Close, AfterShutdownGivesTheHandleBack) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
shutdown
< FIN,ACK seq=1 ack=1
close
close -> no-connection
> ACK seq=1 ack=2
> FIN,ACK seq=1 ack=2
< ACK seq=2 ack=2
= TIME-WAIT
)");
}

TEST(Close, InSynSentSendsNothing) {
  expect_exchange(R"(
connect
< SYN seq=0
close
= CLOSED
deadline? -> none
)");
}

TEST(Close, OfAListenerResetsWhatNobodyAccepted) {
  expect_exchange(R"(
listen
> SYN seq=0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
unlisten
< RST seq=1
= CLOSED
)");
}

TEST(Shutdown, OfAHalfOpenConnectionSendsTheFin) {
  expect_exchange(R"(
connect
< SYN seq=0
> SYN seq=0
< SYN,ACK seq=0 ack=1
shutdown
< FIN,ACK seq=1 ack=1
= FIN-WAIT-1
wait 1s
< +1s SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
= FIN-WAIT-1
wait 1s
> ACK seq=1 ack=2
= FIN-WAIT-2
)");
}

TEST(Shutdown, OfAHalfOpenConnectionWaitsBehindText) {
  expect_exchange(R"(
connect
< SYN seq=0
> SYN seq=0
< SYN,ACK seq=0 ack=1
send 3
shutdown
= SYN-RECEIVED
> ACK seq=1 ack=1
< FIN,PSH,ACK seq=1 ack=1 len=3
= FIN-WAIT-1
> ACK seq=1 ack=5
= FIN-WAIT-2
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
