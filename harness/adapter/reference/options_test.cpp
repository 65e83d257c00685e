#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(Options, OfTheActiveOpenOfferAll) {
  expect_exchange(R"(
show options
connect
< SYN seq=0 options=<mss 1460,nop,wscale 2,nop,nop,ts 1110077369 0,nop,nop,sack-ok>
> SYN,ACK seq=0 ack=1 mss=1460 wscale=7 ts=9,0
< ACK seq=1 ack=1 options=<nop,nop,ts 1110077369 9>
send 1
< PSH,ACK seq=1 ack=1 len=1 options=<nop,nop,ts 1110077369 9>
)");
}

TEST(Options, ThatThePeerDoesNotAnswerAreGone) {
  expect_exchange(R"(
show options
connect
< SYN seq=0 options=<mss 1460,nop,wscale 2,nop,nop,ts 1110077369 0,nop,nop,sack-ok>
> SYN,ACK seq=0 ack=1 mss=1460
< ACK seq=1 ack=1
send 1
< PSH,ACK seq=1 ack=1 len=1
)");
}

TEST(Options, AnswerThePeersOffers) {
  expect_exchange(R"(
show options
listen
> SYN seq=0 mss=1460 wscale=7
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,wscale 2>
peer-port 40001
> SYN seq=0 ts=5,0
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,ts 369705410 5>
peer-port 40002
> SYN seq=0
< SYN,ACK seq=0 ack=1 options=<mss 1460>
)");
}

TEST(Options, StandOnEverySynAck) {
  expect_exchange(R"(
show options
listen
> SYN seq=0 mss=1460 ts=5,0
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,ts 1110077369 5>
wait 1s
< +1s SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,ts 1110078369 5>
)");
}

TEST(Options, UnknownAndUnalignedAreSkipped) {
  expect_exchange(R"(
show options
listen
> SYN seq=0 opt=01fe0400ff mss=700
< SYN,ACK seq=0 ack=1 options=<mss 1460>
> ACK seq=1 ack=1 opt=fe020101
accept
send 1000
< ACK seq=1 ack=1 len=700
)");
}

TEST(Options, AfterTheEndOfTheListAreNotRead) {
  expect_exchange(R"(
listen
> SYN seq=0 opt=00 mss=700
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 700
< ACK seq=1 ack=1 len=536
)");
}

TEST(Options, OfIllegalLengthEndTheList) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=700 opt=0300 wscale=3
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 1000
< ACK seq=1 ack=1 len=700
)");
}

TEST(WindowScale, AboveFourteenIsFourteen) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460 wscale=255 wnd=1
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wnd=1
accept
send 100000
< ACK seq=1 ack=1 len=1460
< ACK seq=1461 ack=1 len=1460
< ACK seq=2921 ack=1 len=1460
> ACK seq=1 ack=1461 wnd=1
< ACK seq=4381 ack=1 len=1460
< ACK seq=5841 ack=1 len=1460
> ACK seq=1 ack=2921 wnd=1
< ACK seq=7301 ack=1 len=1460
< ACK seq=8761 ack=1 len=1460
> ACK seq=1 ack=4381 wnd=1
< ACK seq=10221 ack=1 len=1460
< ACK seq=11681 ack=1 len=1460
> ACK seq=1 ack=5841 wnd=1
< ACK seq=13141 ack=1 len=1460
< ACK seq=14601 ack=1 len=1460
> ACK seq=1 ack=7301 wnd=1
< ACK seq=16061 ack=1 len=1460
< ACK seq=17521 ack=1 len=1460
> ACK seq=1 ack=8761 wnd=1
< ACK seq=18981 ack=1 len=1460
< ACK seq=20441 ack=1 len=1460
> ACK seq=1 ack=10221 wnd=1
< ACK seq=21901 ack=1 len=1460
< ACK seq=23361 ack=1 len=1460
> ACK seq=1 ack=11681 wnd=1
< ACK seq=24821 ack=1 len=1460
< ACK seq=26281 ack=1 len=1460
> ACK seq=1 ack=13141 wnd=1
< ACK seq=27741 ack=1 len=1460
> ACK seq=1 ack=14601 wnd=1
< ACK seq=29201 ack=1 len=1460
> ACK seq=1 ack=16061 wnd=1
< ACK seq=30661 ack=1 len=1460
)");
}

TEST(WindowScale, OutsideASynIsIgnored) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 wscale=7 wnd=100
accept
send 1000
)");
}

TEST(Timestamps, EchoTheEarliestSegmentOfADelayedAck) {
  expect_exchange(R"(
show options
listen
> SYN seq=0 ts=10,0
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,ts 1110077369 10>
> ACK seq=1 ack=1 ts=11,0
> ACK seq=1 ack=1 len=5 ts=12,0
> ACK seq=6 ack=1 len=5 ts=13,0
< ACK seq=1 ack=11 options=<nop,nop,ts 1110077369 12>
> ACK seq=21 ack=1 len=5 ts=15,0
< ACK seq=1 ack=11 options=<nop,nop,ts 1110077369 12>
> ACK seq=11 ack=1 len=10 ts=14,0
< ACK seq=1 ack=26 options=<nop,nop,ts 1110077369 14>
)");
}

TEST(Timestamps, OlderThanTheLastDropASegment) {
  expect_exchange(R"(
listen
> SYN seq=0 ts=10,0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 ts=11,0
> ACK seq=1 ack=1 len=5 ts=10,0
< ACK seq=1 ack=1
> ACK seq=1 ack=1 len=5 ts=4294967295,0
< ACK seq=1 ack=1
> ACK seq=1 ack=1 len=5
accept
receive 9 -> would-block
> RST seq=1 ts=1,0
= LISTEN
)");
}

TEST(Timestamps, OlderThanTheLastCountAfterTwentyFourDays) {
  expect_exchange(R"(
listen
> SYN seq=0 ts=10,0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 ts=11,0
wait 577h
> ACK seq=1 ack=1 len=5 ts=5,0
accept
receive 9 -> 5
)");
}

TEST(Timestamps, OfOneWrapAreNewer) {
  expect_exchange(R"(
listen
> SYN seq=0 ts=4294967295,0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 ts=4294967295,0
> ACK seq=1 ack=1 len=5 ts=3,0
accept
receive 9 -> 5
)");
}

TEST(Timestamps, RideOnTheResetOfAnAbort) {
  expect_exchange(R"(
show options
listen
> SYN seq=0 ts=10,0
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,ts 1110077369 10>
> ACK seq=1 ack=1 ts=11,0
accept
abort
< RST seq=1 options=<nop,nop,ts 1110077369 0>
)");
}

TEST(KeepAlive, ProbesAnIdleConnectionAndGivesUp) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
keep-alive 10s
> ACK seq=1 ack=1
wait 9s
> ACK seq=1 ack=1
wait 90s
< +10s ACK seq=0 ack=1
< +85s ACK seq=0 ack=1
> ACK seq=1 ack=1
wait 800s
< +10s ACK seq=0 ack=1
< +85s ACK seq=0 ack=1
< +160s ACK seq=0 ack=1
< +235s ACK seq=0 ack=1
< +310s ACK seq=0 ack=1
< +385s ACK seq=0 ack=1
< +460s ACK seq=0 ack=1
< +535s ACK seq=0 ack=1
< +610s ACK seq=0 ack=1
= LISTEN
receive 1 -> timed-out
)");
}

TEST(KeepAlive, IsOffUnlessAskedFor) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
wait 1000h
= ESTABLISHED
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
