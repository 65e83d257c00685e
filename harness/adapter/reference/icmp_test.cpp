#include <string>

#include "harness/adapter/reference/exchange_fixture.hpp"

namespace tcprove::adapter::reference {
namespace {

const std::string kEstablished =
    "listen\n> SYN seq=0 mss=1000\n< SYN,ACK seq=0 ack=1\n> ACK seq=1 ack=1\naccept\n";

const std::string kFiveInFlight = kEstablished + "send 5\n< PSH,ACK seq=1 ack=1 len=5\n";

TEST(IcmpSoft, IsToldAndEndsNothing) {
  for (const std::string error :
       {"net-unreachable", "host-unreachable", "source-route-failed", "time-exceeded",
        "reassembly-time-exceeded", "parameter-problem"}) {
    expect_exchange(kFiveInFlight + "icmp " + error +
                    " seq=1\nreports? -> icmp-error\nreports? -> none\n= ESTABLISHED\n");
  }
}

TEST(IcmpSoft, LeavesAnOpenUnderWay) {
  expect_exchange(
      "connect\n< SYN seq=0\nicmp host-unreachable seq=0\n= SYN-SENT\nreports? -> icmp-error\n");
}

TEST(IcmpHard, RefusesAnOpen) {
  for (const std::string error : {"port-unreachable", "protocol-unreachable"}) {
    expect_exchange("connect\n< SYN seq=0\nicmp " + error +
                    " seq=0\n= CLOSED\nreceive 1 -> refused\n");
  }
  expect_exchange(
      "ip 6\nconnect\n< SYN seq=0\nicmp port-unreachable seq=0\n= CLOSED\n"
      "receive 1 -> refused\n");
}

TEST(IcmpHard, EndsAConnectionWithoutASegment) {
  expect_exchange(kFiveInFlight +
                  "icmp port-unreachable seq=1\n= LISTEN\nreceive 1 -> reset\nwait 1h\n");
}

TEST(Icmp, IsDroppedUnlessItQuotesWhatIsInFlight) {
  for (const std::string seq : {"0", "6", "-9"}) {
    expect_exchange(kFiveInFlight + "icmp port-unreachable seq=" + seq +
                    "\nicmp net-unreachable seq=" + seq + "\n= ESTABLISHED\nreports? -> none\n");
  }
  expect_exchange(kEstablished + "icmp port-unreachable seq=1\n= ESTABLISHED\n");
}

TEST(Icmp, IsDroppedWhereItQuotesNoConnection) {
  expect_exchange(kFiveInFlight +
                  "peer-port 40001\nicmp port-unreachable seq=1\npeer-port 40000\n= ESTABLISHED\n");
}

TEST(Icmp, OfAConnectionThatHasEndedIsDropped) {
  expect_exchange(
      "connect\n< SYN seq=0\n> SYN,ACK seq=0 ack=1 mss=1000\n< ACK seq=1 ack=1\nsend 5\n"
      "< PSH,ACK seq=1 ack=1 len=5\nicmp port-unreachable seq=1\n= CLOSED\n"
      "icmp fragmentation-needed seq=1 mtu=576\n= CLOSED\nreceive 1 -> reset\n");
}

TEST(SourceQuench, ChangesNothing) {
  expect_exchange(kFiveInFlight + R"(icmp source-quench seq=1
reports? -> none
= ESTABLISHED
> ACK seq=1 ack=6
send 2000
< ACK seq=6 ack=1 len=1000
< PSH,ACK seq=1006 ack=1 len=1000
)");
}

TEST(PathMtu, SendsTheLostOctetsAgainInPiecesThatFit) {
  expect_exchange(kEstablished + R"(send 2000
< ACK seq=1 ack=1 len=1000
< PSH,ACK seq=1001 ack=1 len=1000
icmp fragmentation-needed seq=1 mtu=840
< ACK seq=1 ack=1 len=800
< ACK seq=801 ack=1 len=800
< PSH,ACK seq=1601 ack=1 len=400
> ACK seq=1 ack=2001
send 1000
< ACK seq=2001 ack=1 len=800
reports? -> none
)");
}

TEST(PathMtu, IsNeverRaisedByAMessage) {
  expect_exchange(kEstablished + R"(send 1000
< PSH,ACK seq=1 ack=1 len=1000
icmp fragmentation-needed seq=1 mtu=9000
)");
}

TEST(PathMtu, OfAnOldRouterIsTheNextPlateau) {
  expect_exchange(kEstablished + R"(send 1000
< PSH,ACK seq=1 ack=1 len=1000
icmp fragmentation-needed seq=1 mtu=0
< ACK seq=1 ack=1 len=966
< PSH,ACK seq=967 ack=1 len=34
icmp fragmentation-needed seq=1 mtu=41
< ACK seq=1 ack=1 len=468
< ACK seq=469 ack=1 len=468
< PSH,ACK seq=937 ack=1 len=64
)");
}

TEST(PathMtu, BelowTheMinimumOfIpv6IsNone) {
  expect_exchange(R"(ip 6
listen
> SYN seq=0 mss=1440
< SYN,ACK seq=0 ack=1
> ACK seq=1 ack=1
accept
send 1440
< PSH,ACK seq=1 ack=1 len=1440
icmp fragmentation-needed seq=1 mtu=1279
icmp fragmentation-needed seq=1 mtu=1280
< ACK seq=1 ack=1 len=1220
< PSH,ACK seq=1221 ack=1 len=220
)");
}

TEST(Ip, OptionsAreNoneOfTcpsBusiness) {
  expect_exchange("listen\n> SYN seq=0 ip-opt=07070400000000\n< SYN,ACK seq=0 ack=1\n");
  expect_exchange("ip 6\nlisten\n> SYN seq=0 ip-opt=1e02abcd\n< SYN,ACK seq=0 ack=1\n");
}

TEST(Ip, NothingIsTakenThatCameByBroadcast) {
  for (const std::string to : {"255.255.255.255", "192.0.2.255", "224.0.0.1"}) {
    expect_exchange("listen\n> SYN seq=0 to=" + to + "\n");
    expect_exchange("> SYN seq=0 to=" + to + "\n");
  }
}

}  // namespace
}  // namespace tcprove::adapter::reference
