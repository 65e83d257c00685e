#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(Reset, EndsAConnectionOnlyAtRcvNxt) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> RST seq=0
> RST seq=65536
> RST seq=2
< ACK seq=1 ack=1
= ESTABLISHED
> RST seq=1
= LISTEN
send 1 -> reset
receive 1 -> no-connection
wait 10min
)");
}

TEST(Reset, CountsWithTextAndAck) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> RST,ACK seq=1 ack=99 len=5
= LISTEN
receive 9 -> reset
)");
}

TEST(Reset, IsMetBeforeAcceptAndToldAfterIt) {
  expect_exchange(R"(
listen
> SYN seq=0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
> RST seq=1
= LISTEN
accept
receive 1 -> reset
receive 1 -> no-connection
)");
}

TEST(Reset, FlushesWhatIsQueued) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 5000
< ACK seq=1 ack=1 len=1460
< ACK seq=1461 ack=1 len=1460
< ACK seq=2921 ack=1 len=1460
> ACK seq=1 ack=1 len=9
> RST seq=10
receive 9 -> reset
deadline? -> none
)");
}

TEST(Reset, ComesThroughAClosedWindow) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=65495
< ACK seq=1 ack=65496
> ACK seq=65496 ack=1 len=40
show wnd
> ACK seq=65536 ack=1 len=1
< ACK seq=1 ack=65536 wnd=0
> RST seq=65536
= LISTEN
)");
}

TEST(Abort, SendsOneResetInEachState) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
abort
< RST seq=1
= LISTEN
send 1 -> no-connection
> ACK seq=1 ack=1
< RST seq=1
)");
}

TEST(Abort, InLastAckSendsNothing) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> FIN,ACK seq=1 ack=1
< ACK seq=1 ack=2
shutdown
< FIN,ACK seq=1 ack=2
abort
= LISTEN
)");
}

TEST(ChallengeAck, IsLimitedToTenInFiveSeconds) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
< ACK seq=1 ack=1
> SYN seq=9
> SYN seq=9
> ACK seq=9 ack=1 len=1
< ACK seq=1 ack=1
wait 5s
> RST seq=9
< ACK seq=1 ack=1
)");
}

TEST(AckOfWhatWasNeverSent, IsAnsweredAndItsTextDropped) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=2 len=5
< ACK seq=1 ack=1
receive 9 -> would-block
> ACK seq=1 ack=1 len=5
receive 9 -> 5
)");
}

TEST(AckFarBelowSndUna, IsAnsweredAndItsTextDropped) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=-65535 len=5
< ACK seq=1 ack=1
> ACK seq=1 ack=-65534 len=5
receive 9 -> 5
)");
}

TEST(Packet, WithAWrongChecksumIsNotThere) {
  expect_exchange(R"(
listen
> SYN seq=0 checksum=bad
> SYN seq=0
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1 checksum=bad
= SYN-RECEIVED
> RST seq=1 checksum=bad
= SYN-RECEIVED
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
