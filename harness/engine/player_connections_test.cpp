#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;
using testing::Played;
using trace::EventKind;
using wire::Flag;
using wire::SeqNum;
using Kind = Outcome::Kind;

constexpr wire::Flags kSynAck = Flag::Syn | Flag::Ack;
constexpr SeqNum kOtherIss{0x7fff'0000};

using PlayConnections = Played;

const std::string kTwo = "connections: {a: {stack-port: 7}, b: {stack-port: 7}}\n";

TEST_F(PlayConnections, HaveTheirOwnNumbersAndQueues) {
  stack_.on_segment = [this](const wire::Packet& packet) {
    const bool syn = packet.segment.ctl.has(Flag::Syn);
    const bool a = packet.segment.source_port == 40000;
    if (syn) {
      return say({.ctl = kSynAck,
                  .seq = 0,
                  .iss = a ? kStackIss : kOtherIss,
                  .connection = static_cast<std::uint16_t>(a ? 0 : 1)});
    }
    if (packet.segment.payload.empty()) return;
    say({.len = 10, .iss = kOtherIss, .connection = 1});
    say({.len = 20});
  };
  stack_.on_call = [accepted = 0](const tcp::UserCall& call) mutable {
    tcp::CallResult result{.handle = 1, .octets = call.octets.size()};
    if (call.kind == tcp::CallKind::Accept) {
      result.peer.port = static_cast<std::uint16_t>(40000 + accepted++);
    }
    return result;
  };
  play(kTwo + R"(given: ESTABLISHED
steps:
- on: b
  send: SYN
- on: b
  exactly: SYN,ACK seq=0 ack=1
- on: b
  send: ACK seq=1 ack=1
- call: send 20
- on: b
  call: send 10
- send: ACK len=1
- expect: ACK seq=1 len=20
- on: b
  expect: ACK seq=1 len=10
- on: b
  send: ACK
- expect: nothing for 1s
)");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(last(EventKind::Sent).ack, kOtherIss + 11);
  EXPECT_EQ(last(EventKind::Sent).source_port, 40001);
}

TEST_F(PlayConnections, AreSilentEachForItself) {
  const std::string steps = "steps:\n- send: SYN\n- on: b\n  expect: nothing for 1s\n";
  answer({{.ctl = kSynAck, .seq = 0}});
  play(kTwo + steps);
  EXPECT_EQ(why(), "");
  answer({{.ctl = kSynAck, .seq = 0, .connection = 1}});
  play(kTwo + steps);
  EXPECT_EQ(outcome_.kind, Kind::Failed);
}

TEST_F(PlayConnections, OfAnActiveOpenerLearnThePortFromItsSyn) {
  stack_.on_call = [this](const tcp::UserCall& call) {
    wire::Segment syn;
    syn.source_port = 50123;
    syn.destination_port = call.peer.port;
    syn.ctl = Flag::Syn;
    syn.seq = kStackIss;
    stack_.emit(syn);
    return tcp::CallResult{.handle = 1};
  };
  play("role: active\nsteps:\n- call: connect\n- expect: SYN seq=0\n- send: SYN,ACK\n");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(player_.trace().connections.front().stack.port, 50123);
  EXPECT_EQ(last(EventKind::Sent).destination_port, 50123);
  EXPECT_EQ(last(EventKind::Sent).ack, kStackIss + 1);
}

TEST_F(PlayConnections, StartNumberingAgainWithANewIncarnation) {
  answer({{.ack = 101, .len = 50}});
  answer({{.ctl = kSynAck, .seq = 0, .iss = kOtherIss}});
  answer({{.ack = 11, .iss = kOtherIss}});
  answer({{.len = 30, .iss = kOtherIss}});
  play_established(R"(
- call: send 50
- send: ACK len=100
- expect: ACK seq=1 ack=101 len=50
- send: SYN seq=0
- expect: SYN,ACK seq=0 ack=1
- send: ACK len=10
- expect: ACK seq=1 ack=11
- send: RST
- expect: ACK seq=1 len=30
)");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(last(EventKind::Sent).seq, kPeerIss + 11);
}

TEST_F(PlayConnections, TakeUpAnotherSynOfThePeerOnceItIsAnswered) {
  answer({{.ack = 1}});
  answer({});
  answer({{.ctl = kSynAck, .seq = 0, .ack = 5001, .iss = kOtherIss}});
  play_established(R"(
- send: SYN seq=5000
- expect: ACK seq=1 ack=1
- send: ACK len=10
- send: SYN seq=5000
- expect: SYN,ACK seq=0 ack=5001
- send: ACK len=1
- expect: nothing for 1ms
)");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(last(EventKind::Sent).seq, kPeerIss + 5001);
  EXPECT_EQ(last(EventKind::Sent).ack, kOtherIss + 1);
}

TEST_F(PlayConnections, StartNumberingAgainWhenTheStackOpensAgain) {
  stack_.on_call = [this, calls = 0](const tcp::UserCall&) mutable {
    say({.ctl = Flag::Syn, .seq = 0, .iss = calls++ == 0 ? kStackIss : kOtherIss});
    return tcp::CallResult{.handle = 1};
  };
  answer({});
  answer({{.ctl = Flag::Rst}});
  play(R"(
role: active
connections: {a: {stack-port: 7}}
steps:
- call: connect
- expect: SYN seq=0
- send: SYN,ACK
- send: ACK len=100
- expect: RST seq=1
- call: connect
- expect: SYN seq=0
- send: SYN,ACK
- send: ACK
)");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(last(EventKind::Sent).seq, kPeerIss + 1);
  EXPECT_EQ(last(EventKind::Sent).ack, kOtherIss + 1);
}

}  // namespace
}  // namespace tcprove::engine
