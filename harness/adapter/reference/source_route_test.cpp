#include <string>

#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

// The peer is 192.0.2.2, c0000202; its gateways are 192.0.2.7 and 192.0.2.8.
const std::string kByTwo = "ip-opt=830b0cc0000207c0000208";

TEST(SourceRoute, OfTheUserIsTakenBySegmentsOfAnActiveOpener) {
  expect_exchange(R"(
set source-route 3221225993
connect
< SYN seq=0 to=192.0.2.9 ip-opt=830704c000020200
> SYN,ACK seq=0 ack=1 mss=1460 ip-opt=830708c0000207
< ACK seq=1 ack=1 to=192.0.2.9 ip-opt=830704c000020200
)");
}

TEST(SourceRoute, OfTheUserIsNoneOfAListenersBusiness) {
  expect_exchange(R"(
set source-route 3221225993
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
)");
}

TEST(SourceRoute, IsTakenBackwards) {
  expect_exchange("listen\n> SYN seq=0 mss=1460 " + kByTwo + R"(
< SYN,ACK seq=0 ack=1 to=192.0.2.8 ip-opt=830b04c0000207c000020200
> ACK seq=1 ack=1
accept
send 5
< PSH,ACK seq=1 ack=1 len=5 to=192.0.2.8 ip-opt=830b04c0000207c000020200
)");
}

TEST(SourceRoute, GivesWayToALaterOne) {
  expect_exchange("listen\n> SYN seq=0 mss=1460 " + kByTwo + R"(
< SYN,ACK seq=0 ack=1 to=192.0.2.8 ip-opt=830b04c0000207c000020200
> ACK seq=1 ack=1 ip-opt=830708c0000209
accept
send 5
< PSH,ACK seq=1 ack=1 len=5 to=192.0.2.9 ip-opt=830704c000020200
)");
}

TEST(SourceRoute, ThatIsNotCompleteIsNoWayBack) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460 ip-opt=830704c0000207
)");
}

TEST(SourceRoute, OfAnUnacceptableSegmentIsNotTaken) {
  expect_exchange(R"(
listen
> SYN seq=0 mss=1460
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
> ACK seq=100000 ack=1 len=1 ip-opt=830708c0000209
< ACK seq=1 ack=1
)");
}

TEST(SourceRoute, TakesItsOctetsOffTheText) {
  expect_exchange("listen\n> SYN seq=0 mss=1000 " + kByTwo + R"(
< SYN,ACK seq=0 ack=1 to=192.0.2.8 ip-opt=830b04c0000207c000020200
> ACK seq=1 ack=1
accept
send 1000
< ACK seq=1 ack=1 len=988 to=192.0.2.8 ip-opt=830b04c0000207c000020200
)");
}

TEST(SourceRoute, IsTakenByTheResetThatASegmentDraws) {
  expect_exchange(R"(
> SYN seq=0 ip-opt=830708c0000207
< RST,ACK seq=#0 ack=1 to=192.0.2.7 ip-opt=830704c000020200
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
