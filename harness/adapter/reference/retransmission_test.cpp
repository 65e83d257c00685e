#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(Retransmission, DoublesUpToAMinuteAndGivesUpAtR2) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 10
< PSH,ACK seq=1 ack=1 len=10
wait 5min
< +1s PSH,ACK seq=1 ack=1 len=10
< +3s PSH,ACK seq=1 ack=1 len=10
< +7s PSH,ACK seq=1 ack=1 len=10
< +15s PSH,ACK seq=1 ack=1 len=10
< +31s PSH,ACK seq=1 ack=1 len=10
< +63s PSH,ACK seq=1 ack=1 len=10
< +123s PSH,ACK seq=1 ack=1 len=10
< +183s PSH,ACK seq=1 ack=1 len=10
< +243s PSH,ACK seq=1 ack=1 len=10
= LISTEN
send 1 -> timed-out
)");
}

TEST(Retransmission, IsReportedAtR1) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 10
< PSH,ACK seq=1 ack=1 len=10
wait 6s
< +1s PSH,ACK seq=1 ack=1 len=10
< +3s PSH,ACK seq=1 ack=1 len=10
reports? -> none
wait 2s
< +1s PSH,ACK seq=1 ack=1 len=10
reports? -> excessive-retransmission
)");
}

TEST(Retransmission, HonoursTheUsersTimeout) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
user-timeout 10s
send 10
< PSH,ACK seq=1 ack=1 len=10
wait 20s
< +1s PSH,ACK seq=1 ack=1 len=10
< +3s PSH,ACK seq=1 ack=1 len=10
< +7s PSH,ACK seq=1 ack=1 len=10
receive 1 -> timed-out
)");
}

TEST(Retransmission, SendsOneSegmentAndThenSlowStarts) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 8000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
< ACK seq=3001 ack=1 len=1000
wait 1s
< +1s ACK seq=1 ack=1 len=1000
> ACK seq=1 ack=1001
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
> ACK seq=1 ack=3001
< ACK seq=3001 ack=1 len=1000
< ACK seq=4001 ack=1 len=1000
< ACK seq=5001 ack=1 len=1000
> ACK seq=1 ack=6001
< ACK seq=6001 ack=1 len=1000
< PSH,ACK seq=7001 ack=1 len=1000
> ACK seq=1 ack=8001
deadline? -> none
)");
}

TEST(Retransmission, TimesFromTheLastAckThatMadeProgress) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 3000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< PSH,ACK seq=2001 ack=1 len=1000
wait 900ms
> ACK seq=1 ack=1001
wait 900ms
> ACK seq=1 ack=1001
wait 3s
< +112500us ACK seq=1001 ack=1 len=1000
< +2137500us ACK seq=1001 ack=1 len=1000
)");
}

TEST(Retransmission, FollowsTheMeasuredRoundTrip) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 10
< PSH,ACK seq=1 ack=1 len=10
wait 900ms
> ACK seq=1 ack=11
send 10
< PSH,ACK seq=11 ack=1 len=10
deadline? -> 1012500us
wait 900ms
> ACK seq=1 ack=21
send 10
< PSH,ACK seq=21 ack=1 len=10
deadline? -> 1673437500ns
)");
}

TEST(Retransmission, TakesNoSampleFromWhatWasSentTwice) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 10
< PSH,ACK seq=1 ack=1 len=10
wait 1s
< +1s PSH,ACK seq=1 ack=1 len=10
> ACK seq=1 ack=11
send 10
< PSH,ACK seq=11 ack=1 len=10
deadline? -> 2s
)");
}

TEST(Retransmission, BeginsWithThreeSecondsAfterALostSyn) {
  expect_exchange(R"(
connect
< SYN seq=0
wait 1s
< +1s SYN seq=0
> SYN,ACK seq=0 ack=1
< ACK seq=1 ack=1
send 10
< PSH,ACK seq=1 ack=1 len=10
wait 4s
< +3s PSH,ACK seq=1 ack=1 len=10
)");
}

TEST(Retransmission, KeepsTheFinBehindItsText) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 10
< PSH,ACK seq=1 ack=1 len=10
shutdown
< FIN,ACK seq=11 ack=1
wait 1s
< +1s FIN,PSH,ACK seq=1 ack=1 len=10
> ACK seq=1 ack=11
wait 3s
< +2s FIN,ACK seq=11 ack=1
)");
}

TEST(FastRetransmit, ActsOnTheThirdDuplicate) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 4000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
< PSH,ACK seq=3001 ack=1 len=1000
> ACK seq=1 ack=1
> ACK seq=1 ack=1
> ACK seq=1 ack=1
< ACK seq=1 ack=1 len=1000
> ACK seq=1 ack=4001
)");
}

TEST(FastRetransmit, IgnoresAcksThatMoveTheWindow) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 4000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
< PSH,ACK seq=3001 ack=1 len=1000
> ACK seq=1 ack=1 wnd=60000
> ACK seq=1 ack=1 wnd=60001
> ACK seq=1 ack=1 wnd=60002
> ACK seq=1 ack=1 wnd=60003
)");
}

TEST(FastRecovery, RepairsTheSecondHoleOnAPartialAck) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 20000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
< ACK seq=3001 ack=1 len=1000
> ACK seq=1 ack=4001
< ACK seq=4001 ack=1 len=1000
< ACK seq=5001 ack=1 len=1000
< ACK seq=6001 ack=1 len=1000
< ACK seq=7001 ack=1 len=1000
< ACK seq=8001 ack=1 len=1000
> ACK seq=1 ack=4001
< ACK seq=9001 ack=1 len=1000
> ACK seq=1 ack=4001
< ACK seq=10001 ack=1 len=1000
> ACK seq=1 ack=4001
< ACK seq=4001 ack=1 len=1000
> ACK seq=1 ack=4001
> ACK seq=1 ack=6001
< ACK seq=6001 ack=1 len=1000
> ACK seq=1 ack=11001
< ACK seq=11001 ack=1 len=1000
< ACK seq=12001 ack=1 len=1000
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
