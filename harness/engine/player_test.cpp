#include "harness/engine/player.hpp"

#include "harness/base/allocation_count.hpp"
#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;
using testing::Played;
using trace::EventKind;
using wire::Flag;
using Kind = Outcome::Kind;

using Play = Played;

constexpr wire::Flags kSynAck = Flag::Syn | Flag::Ack;
constexpr wire::Flags kFinAck = Flag::Fin | Flag::Ack;

/// ICMP, destination unreachable: a packet that belongs to no connection.
std::vector<std::uint8_t> icmp() {
  std::vector<std::uint8_t> octets{0x45, 0, 0,   28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0,
                                   2,    1, 192, 0,  2, 2, 3, 3, 0,  0, 0, 0, 0,   0};
  return octets;
}

TEST_F(Play, ResetsTheStackBeforeEachPlayWithItsLinkSeedAndIss) {
  const std::string text = "iss: {stack: 77, peer: 5}\nip: 6\nsteps:\n- expect: nothing for 1ms\n";
  play(text);
  play(text);
  EXPECT_EQ(why(), "");
  ASSERT_EQ(stack_.resets.size(), 2U);
  const adapter::ResetOptions& link = stack_.resets.back();
  EXPECT_EQ(link.seed, 1U);
  EXPECT_EQ(link.ip, wire::IpVersion::V6);
  EXPECT_EQ(link.stack, *wire::parse_address("2001:db8::1"));
  EXPECT_EQ(link.peer, *wire::parse_address("2001:db8::2"));
  EXPECT_EQ(stack_.iss, wire::SeqNum(77));
  play_steps("\n- expect: nothing for 1ms\n");
  EXPECT_EQ(stack_.iss, std::nullopt) << "the stack chooses where the plan does not";
}

TEST_F(Play, NamesWhatTheStackDoesNotOffer) {
  stack_.profile_data.capabilities = {};
  stack_.profile_data.capabilities.add(tcp::Capability::Ipv4);
  play_steps("\n- call: listen\n- call: abort\n- expect: nothing for 1ms\n");
  EXPECT_EQ(outcome_.kind, Kind::Unsupported);
  EXPECT_EQ(outcome_.reason, "fake does not offer passive-open, user-abort");
  EXPECT_TRUE(stack_.resets.empty());
  EXPECT_TRUE(player_.trace().events().empty());
}

TEST_F(Play, SaysWhyTheStackCouldNotBeReset) {
  stack_.reset_error = {"no TUN device"};
  play_steps("\n- send: SYN\n- expect: nothing for 1ms\n");
  EXPECT_EQ(outcome_.kind, Kind::Error);
  EXPECT_EQ(outcome_.reason, "no TUN device");
  EXPECT_EQ(count(EventKind::Sent), 0U);
}

TEST_F(Play, StopsAtTheFirstStepThatDoesNotHold) {
  answer({{.ctl = kSynAck, .seq = 0, .ack = 2}});
  play_steps(R"(
- send: SYN
- expect: SYN,ACK seq=0 ack=1
- send: ACK
)");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->step, 1U);
  EXPECT_EQ(outcome_.mismatch->event, 1U);
  EXPECT_EQ(outcome_.mismatch->fields, std::vector<std::string>{"ack"});
  EXPECT_EQ(outcome_.mismatch->expected, "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(outcome_.mismatch->actual, "SYN,ACK seq=0 ack=2 wnd=1000");
  EXPECT_EQ(count(EventKind::Sent), 1U);
}

TEST_F(Play, HasItsOutcomeFromThisPlayAlone) {
  stack_.reset_error = {"not now"};
  play_steps("\n- expect: nothing for 1s\n");
  stack_.reset_error = std::nullopt;
  play_steps("\n- expect: nothing for 1s\n");
  EXPECT_EQ(outcome_.kind, Kind::Held);
  EXPECT_EQ(outcome_.reason, "");
  EXPECT_EQ(outcome_.virtual_time, 1s);
}

TEST_F(Play, TakesTheRestOfASegmentLater) {
  answer({{.ctl = kFinAck, .ack = 101, .len = 1000}});
  play_established(R"(
- call: send 1000
- send: ACK len=100
- expect: ACK ack=101
- expect: ACK seq=1 len=400
- expect: ACK seq=401 len=600
- expect: FIN,ACK seq=1001
- expect: nothing for 1s
)");
  EXPECT_EQ(why(), "");
}

TEST_F(Play, NeverPassesOverNewData) {
  answer({{.ack = 101, .len = 10}, {.ctl = kFinAck, .seq = 11, .ack = 101}});
  play_established(R"(
- call: send 10
- send: ACK len=100
- expect: FIN,ACK seq=11
)");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->actual, "ACK seq=1 ack=101 len=10 wnd=1000");
}

TEST_F(Play, PassesOverAcksAndRetransmissions) {
  answer({{}, {.len = 10}, {.len = 10}, {}, {.ctl = kFinAck, .seq = 11}});
  play_established(R"(
- call: send 10
- send: ACK
- expect: ACK len=10
- expect: FIN,ACK seq=11
)");
  EXPECT_EQ(why(), "");
}

TEST_F(Play, ExpectsTheVeryNextSegmentWhereToldExactly) {
  answer({{}, {.ctl = kFinAck}});
  play_established("\n- send: ACK\n- exactly: FIN,ACK seq=1\n");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->fields, std::vector<std::string>{"flags"});
  answers_.clear();
  answer({{}, {.ctl = kFinAck}});
  play_established("\n- send: ACK\n- exactly: ACK seq=1\n- exactly: FIN,ACK seq=1\n");
  EXPECT_EQ(why(), "");
}

TEST_F(Play, DecidesByTheFirstAlternativeThatIsMet) {
  const std::string steps = R"(
- send: ACK
- one-of:
  - exactly: RST seq=1
  - expect: nothing for 200ms
- expect: nothing for 0s
)";
  answer({{.ctl = Flag::Rst}});
  play_established(steps);
  EXPECT_EQ(why(), "");
  EXPECT_EQ(outcome_.virtual_time, 0s);
  play_established(steps);
  EXPECT_EQ(why(), "");
  EXPECT_EQ(outcome_.virtual_time, 200ms);
}

TEST_F(Play, BlamesThePacketThatNoAlternativeAllows) {
  answer({{.ctl = kFinAck, .after = 200ms}});
  play_established(R"(
- send: ACK
- one-of:
  - expect: RST within 100ms
  - expect: FIN,ACK seq=2
)");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  ASSERT_TRUE(outcome_.mismatch->event);
  EXPECT_EQ(outcome_.mismatch->fields, std::vector<std::string>{"seq"});
  EXPECT_EQ(outcome_.mismatch->actual, "FIN,ACK seq=1 ack=1 wnd=1000");
}

TEST_F(Play, AcknowledgesNoSegmentThatWasLost) {
  answer({{.len = 100}, {.seq = 101, .len = 100}, {.seq = 201, .len = 100}});
  answer({});
  answer({{.seq = 101, .len = 100}});
  play_established(R"(
- call: send 300
- send: ACK
- expect: ACK seq=1 len=100
- expect: ACK seq=101 len=100
  lost: true
- expect: ACK seq=201 len=100
- send: ACK
- send: ACK
- expect: ACK seq=101 len=100
)");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(count(EventKind::Dropped), 1U);
  EXPECT_EQ(last(EventKind::Dropped).seq, kStackIss + 101);
  EXPECT_EQ(last(EventKind::Sent).ack, kStackIss + 101);
}

TEST_F(Play, AcknowledgesPastAGapOnceItIsFilled) {
  answer({{.len = 100}, {.seq = 101, .len = 100}});
  answer({{.len = 100}});
  play_established(R"(
- call: send 200
- send: ACK
- expect: ACK seq=1 len=100
  lost: true
- expect: ACK seq=101 len=100
- send: ACK
- expect: ACK seq=1 len=100
- send: ACK
- expect: nothing for 1ms
)");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(last(EventKind::Sent).ack, kStackIss + 201);
}

TEST_F(Play, FailsAtABrokenPacketOfTheStack) {
  stack_.on_segment = [this](const wire::Packet&) {
    wire::Packet packet;
    packet.source = stack_.resets.back().stack;
    packet.destination = stack_.resets.back().peer;
    packet.segment.source_port = 7;
    packet.segment.destination_port = 40000;
    packet.segment.ctl = kSynAck;
    packet.segment.ack = kPeerIss + 1;
    std::vector<std::uint8_t> octets;
    wire::encode(packet, {.checksum_bad = true}, octets);
    stack_.emit_octets(octets);
  };
  play_steps("\n- send: SYN\n- expect: SYN,ACK ack=1\n");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->fields, std::vector<std::string>{"broken"});
  EXPECT_NE(outcome_.mismatch->actual.find("checksum wrong"), std::string::npos);
}

TEST_F(Play, CountsForNothingWhatCameSinceTheLastStimulusOrTakenPacket) {
  const std::string steps = R"(
- send: ACK
- expect: ACK seq=1 ack=1
- expect: nothing for 100ms
)";
  answer({{}});
  play_established(steps);
  EXPECT_EQ(why(), "") << "what a step took up is done with";
  answer({{}, {}});
  play_established(steps);
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->actual, "ACK seq=1 ack=1 wnd=1000");
  answer({{}, {.after = 100ms}});
  play_established(steps);
  EXPECT_EQ(outcome_.kind, Kind::Failed) << "the last instant belongs to it";
  answer({{}, {.after = 101ms}});
  play_established(steps);
  EXPECT_EQ(why(), "");
}

TEST_F(Play, CountsForNothingNoPacketOfAWait) {
  answer({{.after = 10ms}, {.after = 30ms}});
  play_established("\n- send: ACK\n- wait: 20ms\n- expect: nothing for 9ms\n");
  EXPECT_EQ(why(), "");
  answer({{.after = 10ms}, {.after = 30ms}});
  play_established("\n- send: ACK\n- wait: 20ms\n- expect: nothing for 10ms\n");
  EXPECT_EQ(outcome_.kind, Kind::Failed);
}

TEST_F(Play, IsNotDisturbedByStraysButCountsThemForNothing) {
  for (const bool nothing : {false, true}) {
    answers_.clear();
    answer_handshake();
    stack_.on_segment = [this](const wire::Packet& packet) {
      if (packet.segment.ctl.has(Flag::Syn)) return say({.ctl = kSynAck, .seq = 0});
      stack_.emit_octets(icmp());
      say({.ctl = Flag::Rst, .connection = 9});
      if (!packet.segment.payload.empty()) say({.ack = 11});
    };
    play(std::string("given: ESTABLISHED\nsteps:\n- send: ACK len=10\n") +
         (nothing ? "- expect: nothing for 1ms\n" : "- exactly: ACK seq=1 ack=11\n"));
    EXPECT_EQ(outcome_.kind, nothing ? Kind::Failed : Kind::Held);
  }
}

TEST_F(Play, NamesTheStrayThatCameInsteadOfNothing) {
  stack_.on_segment = [this](const wire::Packet&) { stack_.emit_octets(icmp()); };
  play_steps("\n- send: SYN\n- expect: nothing for 1ms\n");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_NE(outcome_.mismatch->actual.find("not a TCP segment"), std::string::npos);
  EXPECT_EQ(outcome_.mismatch->event, 1U);
}

TEST_F(Play, OfWhatNoExchangeReachesIsUnsupported) {
  plan::Plan plan = plan_of("steps:\n- call: listen\n- state: LISTEN\n");
  plan.unreachable = "no exchange leads there";
  plan.steps.clear();
  const Outcome outcome = player_.play(plan, 1);
  EXPECT_EQ(outcome.kind, Kind::Unsupported);
  EXPECT_EQ(outcome.reason, "no exchange leads there");
}

TEST_F(Play, IsUnsupportedWhereTheStackCannotBeBroughtThere) {
  plan::Plan plan = plan_of("steps:\n- send: SYN\n- expect: SYN,ACK\n- expect: nothing for 1s\n");
  EXPECT_EQ(player_.play(plan, 1).kind, Kind::Failed);
  plan.way_steps = 1;
  EXPECT_EQ(player_.play(plan, 1).kind, Kind::Failed);
  plan.way_steps = 2;
  const Outcome outcome = player_.play(plan, 1);
  EXPECT_EQ(outcome.kind, Kind::Unsupported);
  EXPECT_EQ(outcome.mismatch, std::nullopt);
  EXPECT_EQ(outcome.reason,
            "fake cannot be brought there: expected SYN,ACK; got nothing came within 500ms");
}

TEST_F(Play, LeavesTheSameTraceOctetForOctet) {
  const auto played = [this] {
    answer({{.ack = 101}, {.ack = 101, .len = 10, .after = 30ms}});
    play_established("\n- call: send 10\n- send: ACK len=100\n- wait: 1s\n- expect: ACK len=10\n");
    EXPECT_EQ(why(), "");
    return player_.trace().to_octets();
  };
  const std::vector<std::uint8_t> first = played();
  EXPECT_EQ(first, played());
}

TEST_F(Play, AllocatesNothingPerSegmentOnceWarm) {
  stack_.on_segment = [this](const wire::Packet& packet) {
    wire::Segment ack;
    ack.ctl = packet.segment.ctl.has(Flag::Syn) ? kSynAck : wire::Flags(Flag::Ack);
    ack.seq = kStackIss + (packet.segment.ctl.has(Flag::Syn) ? 0 : 1);
    ack.ack = packet.segment.seq + packet.segment.len();
    stack_.emit(ack);
  };
  const auto plan_of_segments = [](int segments) {
    std::string text = "given: ESTABLISHED\nsteps:\n";
    for (int i = 0; i < segments; ++i) text += "- send: ACK len=100\n- expect: ACK ack=RCV.NXT\n";
    return plan_of(text);
  };
  const plan::Plan few = plan_of_segments(10);
  const plan::Plan many = plan_of_segments(400);
  const auto allocations = [this](const plan::Plan& plan) {
    const std::size_t before = base::allocation_count();
    EXPECT_EQ(player_.play(plan, 1).kind, Kind::Held);
    return base::allocation_count() - before;
  };
  allocations(many);
  EXPECT_EQ(allocations(many), allocations(few));
}

}  // namespace
}  // namespace tcprove::engine
