#include "harness/engine/player.hpp"
#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;
using testing::Played;
using trace::EventKind;
using Kind = Outcome::Kind;

class PlayInRealTime : public Played {
 protected:
  PlayInRealTime() { stack_.lateness = 1ms; }
};

const std::string kAsked = "\n- send: ACK\n- expect: ACK within 1s..3s\n";

TEST_F(PlayInRealTime, FollowsTheClockOfTheStack) {
  play_established("\n- wait: 2s\n- wait: 3s\n- expect: nothing for 1ms\n");
  EXPECT_EQ(outcome_.kind, Kind::Held);
  EXPECT_GE(outcome_.virtual_time, 5s + 2ms);
  EXPECT_EQ(outcome_.lateness, 1ms);
}

TEST_F(PlayInRealTime, WaitsOnAfterTheStackHasEmittedSomething) {
  answer({{.after = 1s}});
  play_established("\n- send: ACK\n- wait: 2s\n- expect: ACK\n");
  EXPECT_EQ(outcome_.kind, Kind::Held);
  EXPECT_GE(outcome_.virtual_time, 2s);
  EXPECT_EQ(stack_.advances.size(), 2U);
}

TEST_F(PlayInRealTime, CountsByTheInstantOfEmissionAndNotByThatOfBeingLooked) {
  stack_.lateness = 90ms;
  answer({{.after = 3s}});
  EXPECT_EQ(play_established(kAsked).kind, Kind::Held);
}

TEST_F(PlayInRealTime, LetsATimerBeLateByAnEighth) {
  answer({{.after = 3375ms}});
  EXPECT_EQ(play_established(kAsked).kind, Kind::Held);
  answers_.clear();
  answer({{.after = 3376ms}});
  EXPECT_EQ(play_established(kAsked).kind, Kind::Failed);
}

TEST_F(PlayInRealTime, LetsAConnectionEndLateByAnEighth) {
  base::Duration end = 67s;
  stack_.on_state = [&](const wire::FourTuple&) {
    return *stack_.clock() < base::Instant(end) ? tcp::State::TimeWait : tcp::State::Closed;
  };
  const std::string steps = "\n- send: ACK\n- wait: 60s\n- state: CLOSED\n";
  EXPECT_EQ(play_established(steps).kind, Kind::Held);
  end = 68s;
  EXPECT_EQ(play_established(steps).kind, Kind::Failed);
}

TEST_F(PlayInRealTime, CountsFromWhatCameAndNotFromWhenItWasSeen) {
  stack_.lateness = 50ms;
  answer({{.after = 1s}, {.after = 2s}});
  EXPECT_EQ(play_established(kAsked + "- expect: ACK within 1s..2s\n").kind, Kind::Held);
  answers_.clear();
  answer({{.after = 1s}, {.after = 2s - 1ms}});
  EXPECT_EQ(play_established(kAsked + "- exactly: ACK within 1s..2s\n").kind, Kind::Failed);
}

TEST_F(PlayInRealTime, CountsFromAStimulusAndNotFromWhenTheStackHadSettled) {
  stack_.settling = 10ms;
  answer({{.after = 1s}});
  EXPECT_EQ(play_established("\n- send: ACK\n- lose: ACK\n- expect: ACK within 1s..3s\n").kind,
            Kind::Held)
      << why();
  answers_.clear();
  answer({{.after = 1s + 5ms}});
  EXPECT_EQ(play_established("\n- send: ACK\n- expect: nothing for 1s\n").kind, Kind::Held)
      << why();
  answers_.clear();
  answer({{.ack = 2}, {.ack = 2, .after = 1s}});
  EXPECT_EQ(play_established("\n- send: ACK len=1\n- expect: ACK ack=2\n- lose: ACK\n"
                             "- expect: ACK ack=2 within 1s..3s\n")
                .kind,
            Kind::Held)
      << why();
}

TEST_F(PlayInRealTime, NeverLooksInStrides) {
  stack_.deadlines_known = false;
  answer({{.after = 2s}});
  EXPECT_EQ(play_established(kAsked).kind, Kind::Held);
  EXPECT_EQ(stack_.advances.size(), 1U);
}

TEST_F(PlayInRealTime, SilenceEndsBeforeWhatCameTooLateToBreakIt) {
  answer({{.after = 1s + 1ms}});
  EXPECT_EQ(play_established("\n- send: ACK\n- expect: nothing for 1s\n").kind, Kind::Held);
  answers_.clear();
  answer({{.after = 1s}});
  EXPECT_EQ(play_established("\n- send: ACK\n- expect: nothing for 1s\n").kind, Kind::Failed);
}

TEST_F(PlayInRealTime, ThatWasTooLateIsInconclusiveWhereItDoesNotHold) {
  stack_.lateness = kLatenessMax + 1ms;
  answer({});
  EXPECT_EQ(play_established(kAsked).kind, Kind::Inconclusive);
  EXPECT_EQ(outcome_.reason, "the machine was 101ms late, more than 100ms");
  EXPECT_FALSE(outcome_.mismatch);
  stack_.lateness = kLatenessMax;
  answers_.clear();
  answer({});
  EXPECT_EQ(play_established(kAsked).kind, Kind::Failed);
}

TEST_F(PlayInRealTime, ThatTakesTooLongIsUnsupportedBeforeItBegins) {
  play_established("\n- wait: 100s\n- expect: nothing for 51s\n");
  EXPECT_EQ(outcome_.kind, Kind::Unsupported);
  EXPECT_EQ(outcome_.reason, "takes longer than 150s on a real clock");
  EXPECT_TRUE(stack_.resets.empty());
}

TEST_F(PlayInRealTime, IsGivenUpWhereAnExpectationIsNotMetInTime) {
  play_established("\n- expect: ACK len=1 within 1h\n");
  EXPECT_EQ(outcome_.kind, Kind::Unsupported);
  EXPECT_LE(outcome_.virtual_time, Player::kRealTimeMax + 1s);
}

}  // namespace
}  // namespace tcprove::engine
