#include <string>

#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

const std::string kEcn =
    "show ip\nlisten\n> SYN,ECE,CWR seq=0 mss=1000\n< SYN,ACK,ECE seq=0 ack=1 ttl=64 class=0\n"
    "> ACK seq=1 ack=1\naccept\n";

TEST(EcnSetup, IsGrantedToWhoAsks) {
  expect_exchange("listen\n> SYN,ECE,CWR seq=0\n< SYN,ACK,ECE seq=0 ack=1\n");
  expect_exchange("listen\n> SYN,ECE seq=0\n< SYN,ACK seq=0 ack=1\n");
  expect_exchange("listen\n> SYN,CWR seq=0\n< SYN,ACK seq=0 ack=1\n");
}

TEST(EcnSetup, IsAskedForByWhoWantsIt) {
  expect_exchange(R"(
show ip
set ecn 1
connect
< SYN,ECE,CWR seq=0 ttl=64 class=0
> SYN,ACK,ECE seq=0 ack=1
< ACK seq=1 ack=1 ttl=64 class=0
send 5
< PSH,ACK seq=1 ack=1 len=5 ttl=64 class=2
)");
}

TEST(EcnSetup, FailsWhereTheAnswerHasOtherBits) {
  for (const std::string answer : {"SYN,ACK", "SYN,ACK,CWR", "SYN,ACK,ECE,CWR"}) {
    expect_exchange("show ip\nset ecn 1\nconnect\n< SYN,ECE,CWR seq=0 ttl=64 class=0\n> " + answer +
                    " seq=0 ack=1\n< ACK seq=1 ack=1 ttl=64 class=0\n"
                    "send 5\n< PSH,ACK seq=1 ack=1 len=5 ttl=64 class=0\n");
  }
}

TEST(EcnSetup, IsGivenUpWhenItIsRefusedOrNotAnswered) {
  expect_exchange(
      "set ecn 1\nconnect\n< SYN,ECE,CWR seq=0\nwait 1s\n< +1s SYN seq=0\n"
      "> SYN,ACK,ECE seq=0 ack=1\n< ACK seq=1 ack=1\nshow ip\n"
      "send 5\n< PSH,ACK seq=1 ack=1 len=5 ttl=64 class=0\n");
  expect_exchange(
      "set ecn 1\nconnect\n< SYN,ECE,CWR seq=0\n> RST,ACK seq=0 ack=1\n< SYN seq=0\n"
      "> RST,ACK seq=0 ack=1\n= CLOSED\n");
}

TEST(EcnSetup, IsTakenBackByASynThatComesAgainWithout) {
  expect_exchange(
      "show ip\nlisten\n> SYN,ECE,CWR seq=0\n< SYN,ACK,ECE seq=0 ack=1 ttl=64 class=0\n"
      "> SYN seq=0\n< ACK seq=1 ack=1 ttl=64 class=0\n> ACK seq=1 ack=1\naccept\n"
      "send 5\n< PSH,ACK seq=1 ack=1 len=5 ttl=64 class=0\n");
}

TEST(EcnReceiver, EchoesUntilCwr) {
  expect_exchange(kEcn + R"(> ACK seq=1 ack=1 len=5 ecn=3
wait 1s
< +200ms ACK,ECE seq=1 ack=6 ttl=64 class=0
> ACK seq=6 ack=1 len=5 ecn=2
wait 1s
< +200ms ACK,ECE seq=1 ack=11 ttl=64 class=0
> CWR,ACK seq=11 ack=1 len=5
wait 1s
< +200ms ACK seq=1 ack=16 ttl=64 class=0
)");
}

TEST(EcnReceiver, IgnoresMarksOutsideTheWindowAndWithoutText) {
  expect_exchange(kEcn + R"(> ACK seq=1 ack=1 ecn=3
> ACK seq=0 ack=1 len=1 ecn=3
< ACK seq=1 ack=1 ttl=64 class=0
)");
}

TEST(EcnSender, HalvesItsWindowOnceAndSaysSo) {
  expect_exchange(kEcn + R"(send 9000
< ACK seq=1 ack=1 len=1000 ttl=64 class=2
< ACK seq=1001 ack=1 len=1000 ttl=64 class=2
< ACK seq=2001 ack=1 len=1000 ttl=64 class=2
< ACK seq=3001 ack=1 len=1000 ttl=64 class=2
> ECE,ACK seq=1 ack=1001
> ECE,ACK seq=1 ack=2001
> ECE,ACK seq=1 ack=3001
< ACK,CWR seq=4001 ack=1 len=1000 ttl=64 class=2
> ACK seq=1 ack=4001
< ACK seq=5001 ack=1 len=1000 ttl=64 class=2
)");
}

TEST(EcnSender, WaitsForTheTimerWhereOneSegmentIsTooMuch) {
  expect_exchange(kEcn + R"(send 1000
< PSH,ACK seq=1 ack=1 len=1000 ttl=64 class=2
wait 1s
< +1s PSH,ACK seq=1 ack=1 len=1000 ttl=64 class=0
send 2000
> ECE,ACK seq=1 ack=1001
wait 3s
< +2s ACK,CWR seq=1001 ack=1 len=1000 ttl=64 class=2
)");
}

TEST(EcnSender, SaysAfterALossThatItsWindowIsSmaller) {
  expect_exchange(kEcn + R"(send 1000
< PSH,ACK seq=1 ack=1 len=1000 ttl=64 class=2
wait 1s
< +1s PSH,ACK seq=1 ack=1 len=1000 ttl=64 class=0
> ACK seq=1 ack=1001
send 5
< PSH,ACK,CWR seq=1001 ack=1 len=5 ttl=64 class=2
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
