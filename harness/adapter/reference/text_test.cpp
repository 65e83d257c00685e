#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(Text, IsAcknowledgedAfterADelay) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=10
wait 199ms
wait 1ms
< +1ms ACK seq=1 ack=11
receive 100 -> 10
receive 100 -> would-block
)");
}

TEST(Text, IsAcknowledgedAtEverySecondSegment) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=1460
> ACK seq=1461 ack=1 len=1460
< ACK seq=1 ack=2921
> ACK seq=2921 ack=1 len=1460
wait 1s
< +200ms ACK seq=1 ack=4381
)");
}

TEST(Text, IsAcknowledgedByTextOfOurs) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=10
send 10
< PSH,ACK seq=1 ack=11 len=10
wait 500ms
)");
}

TEST(Text, IsTrimmedToTheWindow) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=10
> ACK seq=6 ack=1 len=10
< ACK seq=1 ack=16
receive 100 -> 15
)");
}

TEST(Text, BeyondTheWindowIsCut) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=60000
< ACK seq=1 ack=60001
> ACK seq=60001 ack=1 len=5530
< ACK seq=1 ack=65531
> ACK seq=65531 ack=1 len=100
receive 100000 -> 65535
< ACK seq=1 ack=65536
receive 1 -> would-block
)");
}

TEST(Text, OutOfOrderIsHeld) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=11 ack=1 len=10
< ACK seq=1 ack=1
> ACK seq=31 ack=1 len=10
< ACK seq=1 ack=1
> ACK seq=1 ack=1 len=10
< ACK seq=1 ack=21
> ACK seq=16 ack=1 len=20
< ACK seq=1 ack=41
receive 100 -> 40
receive 1 -> would-block
)");
}

TEST(Text, OutOfOrderKeepsTheFinWaiting) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> FIN,ACK seq=11 ack=1 len=10
< ACK seq=1 ack=1
= ESTABLISHED
> ACK seq=1 ack=1 len=10
< ACK seq=1 ack=22
= CLOSE-WAIT
receive 100 -> 20
receive 1 -> end-of-stream
)");
}

TEST(Text, PastTheFinIsIgnored) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=21 ack=1 len=10
< ACK seq=1 ack=1
> FIN,ACK seq=11 ack=1 len=5
< ACK seq=1 ack=1
> ACK seq=1 ack=1 len=10
< ACK seq=1 ack=17
= CLOSE-WAIT
receive 100 -> 15
receive 1 -> end-of-stream
)");
}

TEST(Text, OldIsAnsweredAtOnce) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=10
wait 200ms
< +200ms ACK seq=1 ack=11
> ACK seq=1 ack=1 len=10
< ACK seq=1 ack=11
> ACK seq=10 ack=1 len=1
< ACK seq=1 ack=11
receive 100 -> 10
)");
}

TEST(Text, WrapsAroundTheSequenceNumbers) {
  expect_exchange(R"(
iss 4294967290
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 20
< PSH,ACK seq=1 ack=1 len=20
> ACK seq=1 ack=11
> ACK seq=1 ack=21
wait 1s
send 3000
< ACK seq=21 ack=1 len=1460
< ACK seq=1481 ack=1 len=1460
> ACK seq=1 ack=1481
> ACK seq=1 ack=2941
< PSH,ACK seq=2941 ack=1 len=80
> ACK seq=1 ack=3021
shutdown
< FIN,ACK seq=3021 ack=1
> FIN,ACK seq=1 ack=3022
< ACK seq=3022 ack=2
= TIME-WAIT
)");
}

TEST(Urgent, IsToldWhenThePointerAdvances) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> URG,ACK seq=1 ack=1 up=5 len=10
reports? -> urgent-data
urgent? -> yes
> URG,ACK seq=1 ack=1 up=5
< ACK seq=1 ack=11
reports? -> none
> URG,ACK seq=11 ack=1 up=1000 len=10
reports? -> urgent-data
receive 4 -> 4
urgent? -> yes
receive 16 -> 16
urgent? -> yes
> ACK seq=21 ack=1 len=990
< ACK seq=1 ack=1011
receive 990 -> 990
urgent? -> no
)");
}

TEST(Urgent, PointsPastTheLastUrgentOctet) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
urgent 5
< PSH,ACK,URG seq=1 ack=1 len=5 up=5
send 5
> ACK seq=1 ack=6
< PSH,ACK seq=6 ack=1 len=5
> ACK seq=1 ack=11
urgent 2000
< ACK,URG seq=11 ack=1 len=1460 up=2000
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
