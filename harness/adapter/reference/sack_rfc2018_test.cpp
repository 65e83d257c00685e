#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

TEST(SelectiveAcks, NameTheNewestRunFirst) {
  expect_exchange(R"(show options
listen
> SYN seq=0 mss=1000 opt=0402
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,sack-ok>
> ACK seq=1 ack=1
accept
> ACK seq=11 ack=1 len=10
< ACK seq=1 ack=1 options=<nop,nop,sack 11:21>
> ACK seq=31 ack=1 len=10
< ACK seq=1 ack=1 options=<nop,nop,sack 31:41 11:21>
> ACK seq=21 ack=1 len=5
< ACK seq=1 ack=1 options=<nop,nop,sack 11:26 31:41>
> ACK seq=1 ack=1 len=10
< ACK seq=1 ack=26 options=<nop,nop,sack 31:41>
> ACK seq=26 ack=1 len=5
< ACK seq=1 ack=41
)");
}

TEST(SelectiveAcks, ReportADuplicateOnce) {
  expect_exchange(R"(show options
listen
> SYN seq=0 mss=1000 opt=0402
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,sack-ok>
> ACK seq=1 ack=1
accept
> ACK seq=1 ack=1 len=10
wait 1s
< +200ms ACK seq=1 ack=11
> ACK seq=6 ack=1 len=5
< ACK seq=1 ack=11 options=<nop,nop,sack 6:11>
> ACK seq=6 ack=1 len=10
< ACK seq=1 ack=16 options=<nop,nop,sack 6:11>
> ACK seq=21 ack=1 len=10
< ACK seq=1 ack=16 options=<nop,nop,sack 21:31>
> ACK seq=26 ack=1 len=10
< ACK seq=1 ack=16 options=<nop,nop,sack 26:31 21:36>
> ACK seq=41 ack=1 len=5
< ACK seq=1 ack=16 options=<nop,nop,sack 41:46 21:36>
)");
}

TEST(SelectiveAcks, LeaveRoomForTimestampsAndText) {
  expect_exchange(R"(show options
listen
> SYN seq=0 mss=1000 opt=0402 ts=5,0
< SYN,ACK seq=0 ack=1 options=<mss 1460,nop,nop,ts 1110077369 5,nop,nop,sack-ok>
> ACK seq=1 ack=1 ts=5,0
accept
> ACK seq=11 ack=1 len=5 ts=5,0
< ACK seq=1 ack=1 options=<nop,nop,ts 1110077369 5,nop,nop,sack 11:16>
> ACK seq=21 ack=1 len=5 ts=5,0
< ACK seq=1 ack=1 options=<nop,nop,ts 1110077369 5,nop,nop,sack 21:26 11:16>
> ACK seq=31 ack=1 len=5 ts=5,0
< ACK seq=1 ack=1 options=<nop,nop,ts 1110077369 5,nop,nop,sack 31:36 21:26 11:16>
> ACK seq=41 ack=1 len=5 ts=5,0
< ACK seq=1 ack=1 options=<nop,nop,ts 1110077369 5,nop,nop,sack 41:46 31:36 21:26>
send 988
< PSH,ACK seq=1 ack=1 len=988 options=<nop,nop,ts 1110077369 5>
)");
}

}  // namespace
}  // namespace tcprove::adapter::reference
