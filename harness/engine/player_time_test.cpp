#include "harness/engine/player.hpp"
#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;
using testing::Played;
using trace::EventKind;
using wire::Flag;
using Kind = Outcome::Kind;

class PlayTime : public Played {
 protected:
  /// How playing `steps` ends where the stack answers the first of them after `after`.
  Kind answered(base::Duration after, const std::string& steps) {
    answers_.clear();
    answer({{.after = after}});
    return play_established(steps).kind;
  }
};

TEST_F(PlayTime, IsPatientForHalfASecond) {
  const std::string steps = "\n- send: ACK\n- expect: ACK\n";
  EXPECT_EQ(answered(500ms, steps), Kind::Held);
  EXPECT_EQ(outcome_.virtual_time, 500ms);
  EXPECT_EQ(answered(500ms + 1ns, steps), Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->at, base::Instant(500ms));
  EXPECT_EQ(outcome_.mismatch->actual, "nothing came within 500ms");
}

TEST_F(PlayTime, HoldsBothEndsOfWithinInclusively) {
  const std::string steps = "\n- send: ACK\n- expect: ACK within 1s..3s\n";
  EXPECT_EQ(answered(1s, steps), Kind::Held);
  EXPECT_EQ(answered(3s, steps), Kind::Held);
  EXPECT_EQ(answered(1s - 1ns, steps), Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->fields, std::vector<std::string>{"time"});
  EXPECT_EQ(answered(3s + 1ns, steps), Kind::Failed);
}

TEST_F(PlayTime, CountsWithinFromTheStepsBegin) {
  const std::string steps = "\n- send: ACK\n- wait: 1s\n- expect: ACK within 1s..2s\n";
  EXPECT_EQ(answered(3s, steps), Kind::Held);
  EXPECT_EQ(answered(3s + 1ns, steps), Kind::Failed);
}

TEST_F(PlayTime, TakesDurationsFromTheProfile) {
  stack_.profile_data.msl = 10s;
  stack_.profile_data.initial_rto = 3s;
  stack_.profile_data.delayed_ack_max = 200ms;
  engine::Player player(stack_);
  const plan::Plan plan = plan_of("steps:\n- wait: 2*msl+rto\n- expect: nothing for delayed-ack\n");
  EXPECT_EQ(player.play(plan, 1).virtual_time, 23s + 200ms);
}

TEST_F(PlayTime, GoesFromDeadlineToDeadline) {
  answer({{.after = 30ms}, {.ctl = Flag::Fin | Flag::Ack, .after = 130ms}});
  play_established("\n- send: ACK\n- expect: FIN,ACK\n");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(stack_.advances, (std::vector<base::Duration>{30ms, 100ms}));
}

TEST_F(PlayTime, StridesWhereTheStackCannotNameItsDeadlines) {
  stack_.deadlines_known = false;
  answer({{.after = 25ms}});
  play_established("\n- send: ACK\n- expect: ACK\n- expect: nothing for 15ms\n");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(stack_.advances, (std::vector<base::Duration>{10ms, 10ms, 10ms, 10ms, 5ms}));
  const auto emitted = player_.trace().events().back();
  EXPECT_EQ(emitted.kind, EventKind::Emitted);
  EXPECT_EQ(emitted.at, base::Instant(25ms)) << "its own instant and not the stride's";
}

TEST_F(PlayTime, NeverGoesBackInATrace) {
  answer({{.after = 10ms}, {.after = 20ms}, {.after = 700ms}});
  play_established(
      "\n- send: ACK\n- wait: 15ms\n- expect: ACK\n- wait: 1s\n- send: ACK\n"
      "- expect: nothing for 1s\n");
  EXPECT_EQ(why(), "");
  base::Instant last;
  for (const trace::Event& event : player_.trace().events()) {
    EXPECT_GE(event.at, last);
    last = event.at;
  }
  EXPECT_EQ(last, base::Instant(1015ms));
}

TEST_F(PlayTime, EndsWhereTimersFireWithoutEndInOneInstant) {
  std::function<void()> again = [&] { stack_.after(0s, again); };
  stack_.on_segment = [&](const wire::Packet&) { stack_.after(10ms, again); };
  play_steps("\n- send: SYN\n- expect: SYN,ACK\n");
  EXPECT_EQ(outcome_.kind, Kind::Error);
  EXPECT_EQ(outcome_.reason, "the stack's timers fire without end in one instant");
  EXPECT_EQ(outcome_.virtual_time, 10ms);
}

TEST_F(PlayTime, EndsWhereTimersEmitWithoutEndInOneInstant) {
  std::function<void()> again = [&] {
    say({});
    stack_.after(0s, again);
  };
  stack_.on_segment = [&](const wire::Packet&) { stack_.after(10ms, again); };
  play_steps("\n- send: SYN\n- expect: SYN,ACK\n");
  EXPECT_EQ(outcome_.kind, Kind::Error);
  EXPECT_EQ(outcome_.reason, "the stack's timers fire without end in one instant");
}

TEST_F(PlayTime, EndsWhereAStackEmitsWithoutEndAsTimePasses) {
  std::function<void()> again = [&] {
    for (int i = 0; i < 100; ++i) say({});
    stack_.after(1us, again);
  };
  stack_.on_segment = [&](const wire::Packet&) { again(); };
  const std::string reason = "the stack emitted more than 100000 packets in one step";
  play_steps("\n- send: SYN\n- expect: SYN,ACK within 1h\n");
  EXPECT_EQ(outcome_.kind, Kind::Error);
  EXPECT_EQ(outcome_.reason, reason);
  play_steps("\n- send: SYN\n- wait: 1100us\n- expect: nothing for 1s\n");
  EXPECT_EQ(outcome_.kind, Kind::Error);
  EXPECT_EQ(outcome_.reason, reason);
}

TEST_F(PlayTime, EndsWhereAStackAnswersASegmentWithoutEnd) {
  stack_.on_segment = [&](const wire::Packet&) {
    for (std::size_t i = 0; i <= Player::kEmissionsPerStepMax; ++i) say({});
  };
  play_steps("\n- send: SYN\n- expect: SYN,ACK\n");
  EXPECT_EQ(outcome_.kind, Kind::Error);
  EXPECT_EQ(outcome_.reason, "the stack emitted more than 100000 packets in one step");
  EXPECT_EQ(count(EventKind::Emitted), Player::kEmissionsPerStepMax + 1);
}

TEST_F(PlayTime, LosesNoPacketInSilence) {
  // Few packets, but more octets than an outbox holds.
  stack_.on_segment = [&](const wire::Packet&) {
    for (std::size_t i = 0; i <= adapter::Outbox::kOctetsMax / 60'000; ++i) say({.len = 60'000});
  };
  play_steps("\n- send: SYN\n- wait: 1s\n- expect: nothing for 1s\n");
  EXPECT_EQ(outcome_.kind, Kind::Error);
  EXPECT_EQ(outcome_.reason, "the stack emitted more than 16777216 octets at once");
}

}  // namespace
}  // namespace tcprove::engine
