#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(Nagle, HoldsSmallTextWhileAnyIsUnacknowledged) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 10
< PSH,ACK seq=1 ack=1 len=10
send 10
send 10
> ACK seq=1 ack=11
< PSH,ACK seq=11 ack=1 len=20
send 1460
< PSH,ACK seq=31 ack=1 len=1460
)");
}

TEST(Nagle, CanBeSwitchedOff) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
set no-delay 1
send 10
< PSH,ACK seq=1 ack=1 len=10
send 10
< PSH,ACK seq=11 ack=1 len=10
)");
}

TEST(Send, CutsSegmentsToThePeersMss) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=700
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 1500
< ACK seq=1 ack=1 len=700
< ACK seq=701 ack=1 len=700
)");
}

TEST(Send, AssumesTheDefaultMssOverIpv4) {
  expect_exchange(R"(
listen
> SYN seq=0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 700
< ACK seq=1 ack=1 len=536
)");
}

TEST(Send, AssumesTheDefaultMssOverIpv6) {
  expect_exchange(R"(
ip 6
listen
> SYN seq=0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 1300
< ACK seq=1 ack=1 len=1220
)");
}

TEST(Send, LeavesRoomForTimestamps) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460 ts=1,0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 ts=1,0
accept
send 2000
< ACK seq=1 ack=1 len=1448
)");
}

TEST(Send, TakesWhatTheQueueHolds) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 1048576
< ACK seq=1 ack=1 len=1460
< ACK seq=1461 ack=1 len=1460
< ACK seq=2921 ack=1 len=1460
> ACK seq=1 ack=1461
< ACK seq=4381 ack=1 len=1460
< ACK seq=5841 ack=1 len=1460
send 2000 -> 1460
send 1 -> would-block
)");
}

TEST(SillyWindow, WaitsForHalfTheLargestWindow) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460 wnd=4000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wnd=4000
accept
send 10000
< ACK seq=1 ack=1 len=1460
< ACK seq=1461 ack=1 len=1460
> ACK seq=1 ack=2921 wnd=100
wait 400ms
> ACK seq=1 ack=2921 wnd=1000
wait 200ms
< +100ms ACK seq=2921 ack=1 len=1000
> ACK seq=1 ack=2921 wnd=2500
< ACK seq=3921 ack=1 len=1460
)");
}

TEST(SlowStart, OpensByASegmentForEachAcknowledged) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 50000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
< ACK seq=3001 ack=1 len=1000
> ACK seq=1 ack=1001
< ACK seq=4001 ack=1 len=1000
< ACK seq=5001 ack=1 len=1000
> ACK seq=1 ack=3001
< ACK seq=6001 ack=1 len=1000
< ACK seq=7001 ack=1 len=1000
< ACK seq=8001 ack=1 len=1000
)");
}

TEST(SlowStart, BeginsWithOneSegmentAfterALostSynAck) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
wait 1s
< +1s SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 5000
< ACK seq=1 ack=1 len=1000
> ACK seq=1 ack=1001
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
)");
}

TEST(SlowStart, BeginsAnewAfterIdleness) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 12000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
< ACK seq=3001 ack=1 len=1000
> ACK seq=1 ack=1001
< ACK seq=4001 ack=1 len=1000
< ACK seq=5001 ack=1 len=1000
> ACK seq=1 ack=2001
< ACK seq=6001 ack=1 len=1000
< ACK seq=7001 ack=1 len=1000
> ACK seq=1 ack=3001
< ACK seq=8001 ack=1 len=1000
< ACK seq=9001 ack=1 len=1000
> ACK seq=1 ack=4001
< ACK seq=10001 ack=1 len=1000
< PSH,ACK seq=11001 ack=1 len=1000
> ACK seq=1 ack=5001
> ACK seq=1 ack=12001
wait 2s
send 9000
< ACK seq=12001 ack=1 len=1000
< ACK seq=13001 ack=1 len=1000
< ACK seq=14001 ack=1 len=1000
< ACK seq=15001 ack=1 len=1000
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
