#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(ClosedWindow, IsProbedWithOneOctetForEver) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wnd=0
accept
send 3000
wait 3s
< +1s ACK seq=1 ack=1 len=1
< +3s ACK seq=1 ack=1 len=1
> ACK seq=1 ack=1 wnd=0
wait 200s
< +4s ACK seq=1 ack=1 len=1
< +12s ACK seq=1 ack=1 len=1
< +28s ACK seq=1 ack=1 len=1
< +1min ACK seq=1 ack=1 len=1
< +2min ACK seq=1 ack=1 len=1
< +3min ACK seq=1 ack=1 len=1
> ACK seq=1 ack=1 wnd=0
wait 200s
< +40s ACK seq=1 ack=1 len=1
< +100s ACK seq=1 ack=1 len=1
< +160s ACK seq=1 ack=1 len=1
> ACK seq=1 ack=1 wnd=0
wait 250s
< +20s ACK seq=1 ack=1 len=1
< +80s ACK seq=1 ack=1 len=1
< +140s ACK seq=1 ack=1 len=1
< +200s ACK seq=1 ack=1 len=1
= ESTABLISHED
> ACK seq=1 ack=1 wnd=5000
< ACK seq=1 ack=1 len=1460
< ACK seq=1461 ack=1 len=1460
)");
}

TEST(ClosedWindow, EndsTheConnectionIfNoProbeIsAnswered) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wnd=0
accept
send 10
wait 1h
< +1s ACK seq=1 ack=1 len=1
< +3s ACK seq=1 ack=1 len=1
< +7s ACK seq=1 ack=1 len=1
< +15s ACK seq=1 ack=1 len=1
< +31s ACK seq=1 ack=1 len=1
< +63s ACK seq=1 ack=1 len=1
< +123s ACK seq=1 ack=1 len=1
< +183s ACK seq=1 ack=1 len=1
< +243s ACK seq=1 ack=1 len=1
= LISTEN
send 1 -> timed-out
)");
}

TEST(ClosedWindow, IsProbedWithTheFinWhereNoTextIsLeft) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wnd=0
accept
shutdown
= FIN-WAIT-1
wait 1s
< +1s FIN,ACK seq=1 ack=1
> ACK seq=1 ack=2 wnd=0
= FIN-WAIT-2
)");
}

TEST(ClosedWindow, ThatTheProbeOpensTakesTheRest) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wnd=0
accept
send 30
wait 1s
< +1s ACK seq=1 ack=1 len=1
> ACK seq=1 ack=2 wnd=5000
< PSH,ACK seq=2 ack=1 len=29
> ACK seq=1 ack=31 wnd=5000
deadline? -> none
)");
}

TEST(ShrunkWindow, IsNotSentInto) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1000
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 6000
< ACK seq=1 ack=1 len=1000
< ACK seq=1001 ack=1 len=1000
< ACK seq=2001 ack=1 len=1000
< ACK seq=3001 ack=1 len=1000
> ACK seq=1 ack=1001 wnd=1500
wait 1s
< +1s ACK seq=1001 ack=1 len=1000
> ACK seq=1 ack=2501 wnd=0
wait 2s
< +2s ACK seq=2501 ack=1 len=1
> ACK seq=1 ack=4001 wnd=9000
< ACK seq=4001 ack=1 len=1000
< PSH,ACK seq=5001 ack=1 len=1000
)");
}

TEST(OldSegment, DoesNotChangeTheSendWindow) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 10
< PSH,ACK seq=1 ack=1 len=10
> ACK seq=11 ack=1 len=5 wnd=20
< ACK seq=11 ack=1
> ACK seq=6 ack=1 wnd=65535
send 5000
)");
}

TEST(ReceiveWindow, ClosesAndOpensByWholeSegments) {
  expect_exchange(R"(
show wnd
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1 wnd=65535
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=60000
< ACK seq=1 ack=60001 wnd=5535
> ACK seq=60001 ack=1 len=5535
< ACK seq=1 ack=65536 wnd=0
> ACK seq=65536 ack=1 len=1
< ACK seq=1 ack=65536 wnd=0
receive 1000 -> 1000
receive 459 -> 459
receive 1 -> 1
< ACK seq=1 ack=65536 wnd=1460
receive 1460 -> 1460
receive 1460 -> 1460
< ACK seq=1 ack=65536 wnd=4380
receive 60000 -> 60000
< ACK seq=1 ack=65536 wnd=64380
)");
}

TEST(ReceiveWindow, IsScaledOnceTheSynsAgree) {
  expect_exchange(R"(
show wnd
listen
> SYN seq=0 mss=1460 wscale=5 wnd=500
< SYN,ACK seq=0 ack=1 wnd=65535
> ACK seq=1 ack=1 wnd=10
accept
send 2000
< ACK seq=1 ack=1 len=320 wnd=32768
> ACK seq=1 ack=321 wnd=20 len=1
< ACK seq=321 ack=2 len=640 wnd=32767
> ACK seq=2 ack=321 wnd=20 len=1
)");
}

TEST(ReceiveWindow, NeverRetreats) {
  expect_exchange(R"(
show wnd
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1 wnd=65535
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=1000
> ACK seq=1001 ack=1 len=1
< ACK seq=1 ack=1002 wnd=64534
> ACK seq=1002 ack=1 len=1
> ACK seq=1003 ack=1 len=1
< ACK seq=1 ack=1004 wnd=64532
receive 100 -> 100
> ACK seq=1004 ack=1 len=1
> ACK seq=1005 ack=1 len=1
< ACK seq=1 ack=1006 wnd=64530
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
