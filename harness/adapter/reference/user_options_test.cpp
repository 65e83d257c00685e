#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(UserOptions, OfIpStandOnEverySegmentOfAnActiveOpener) {
  expect_exchange(R"(
show ip
set ttl 7
set dscp 46
connect
< SYN seq=0 ttl=7 class=184
> SYN,ACK seq=0 ack=1 mss=1460
< ACK seq=1 ack=1 ttl=7 class=184
set dscp 10
send 5
< PSH,ACK seq=1 ack=1 len=5 ttl=7 class=40
shutdown
< FIN,ACK seq=6 ack=1 ttl=7 class=40
)");
}

TEST(UserOptions, OfAListenerAreThoseOfItsConnections) {
  expect_exchange(R"(
show ip
set ttl 9
listen
set ttl 64
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1 ttl=9 class=0
)");
}

TEST(UserOptions, MayLengthenOrShortenTheUserTimeoutOnTheWay) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 5
< PSH,ACK seq=1 ack=1 len=5
user-timeout 2s
wait 1900ms
< +1s PSH,ACK seq=1 ack=1 len=5
= ESTABLISHED
wait 100ms
receive 1 -> timed-out
)");
}

TEST(UserOptions, ReleaseWhatNagleHoldsWhenNoDelayIsSet) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 5
< PSH,ACK seq=1 ack=1 len=5
send 5
set no-delay 1
< PSH,ACK seq=6 ack=1 len=5
)");
}

TEST(UserOptions, SwitchKeepAlivesOnAndOff) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
set keep-alive 1
wait 7199s
wait 1s
< +1s ACK seq=0 ack=1
> ACK seq=1 ack=1
set keep-alive 0
wait 100h
= ESTABLISHED
)");
}

TEST(Reports, CanBeDoneWithout) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
set error-reports 0
> URG,ACK seq=1 ack=1 up=3 len=1
reports? -> none
urgent? -> yes
)");
}

TEST(Urgent, IsSeenInAClosedWindow) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=65000
< ACK seq=1 ack=65001
> ACK seq=65001 ack=1 len=535
> URG,ACK seq=65536 ack=1 up=9
reports? -> urgent-data
)");
}

TEST(Open, TakesTheStacksAddressOrNoneAndNoOther) {
  expect_exchange("local 0.0.0.0\nconnect\n< SYN seq=0\n");
  expect_exchange("local 192.0.2.1\nconnect\n< SYN seq=0\n");
  expect_exchange("local 192.0.2.9\nconnect -> invalid-argument\n");
}

}  // namespace
}  // namespace tcprove::adapter::reference
