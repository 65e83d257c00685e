#include "harness/trial/judged_player.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/testing/played.hpp"
#include "harness/trial/stack_facts.hpp"

namespace tcprove::trial {
namespace {

using namespace std::chrono_literals;
using engine::Outcome;

class JudgedPlay : public testing::Played {
 protected:
  /// The rules that complain of `steps` on a connection that the peer has opened.
  std::vector<std::string> complaints(const std::string& steps) {
    answer_handshake();
    const plan::Plan plan = plan_of("given: ESTABLISHED\nsteps:" + steps);
    const Judged judged = judged_.play(plan, 1);
    outcome_ = judged.outcome;
    std::vector<std::string> rules;
    for (const monitor::Violation& violation : judged.violations) rules.push_back(violation.rule);
    return rules;
  }

  JudgedPlayer judged_{stack_};
};

TEST_F(JudgedPlay, JudgesWhatNoStepMentions) {
  EXPECT_EQ(complaints("\n  - send: ACK len=10\n  - wait: 600ms\n  - expect: nothing for 1s\n"),
            std::vector<std::string>{"ack-within-500ms"});
  EXPECT_EQ(outcome_.kind, Outcome::Kind::Held) << why();
}

TEST_F(JudgedPlay, JudgesUpToTheEndOfTheLastExpectation) {
  EXPECT_EQ(complaints("\n  - send: ACK len=10\n  - expect: nothing for 501ms\n"),
            std::vector<std::string>{"ack-within-500ms"});
}

TEST_F(JudgedPlay, JudgesAPlayWhoseStepDidNotHold) {
  EXPECT_EQ(complaints("\n  - send: ACK len=10\n  - expect: ACK ack=11 within 2s\n"),
            std::vector<std::string>{"ack-within-500ms"});
  EXPECT_EQ(outcome_.kind, Outcome::Kind::Failed);
}

TEST_F(JudgedPlay, TellsTheCellsThatTheTraceExercised) {
  answer_handshake();
  const Judged judged = judged_.play(
      plan_of("given: ESTABLISHED\nsteps:\n  - send: RST seq=1\n  - state: CLOSED\n"), 1);
  EXPECT_TRUE(
      judged.cells.has({.state = tcp::State::Established, .event = tcp::EventClass::RstExact}));
  EXPECT_FALSE(
      judged.cells.has({.state = tcp::State::Established, .event = tcp::EventClass::RstOow}));
}

TEST_F(JudgedPlay, JudgesNothingThatIsUnsupported) {
  stack_.profile_data.capabilities = {};
  EXPECT_TRUE(complaints("\n  - send: ACK len=10\n  - expect: nothing for 1s\n").empty());
  EXPECT_EQ(outcome_.kind, Outcome::Kind::Unsupported);
}

TEST(StackFacts, AreThoseOfTheProfile) {
  adapter::StackProfile profile{.msl = 30s};
  EXPECT_EQ(facts_of(profile).msl, 30s);
  EXPECT_FALSE(facts_of(profile).challenge_ack);
  EXPECT_FALSE(facts_of(profile).virtual_clock);
  EXPECT_TRUE(facts_of(profile).complete);
  profile.capabilities.add(tcp::Capability::ChallengeAck);
  EXPECT_TRUE(facts_of(profile).challenge_ack);
  profile.capabilities.add(tcp::Capability::VirtualTime);
  EXPECT_TRUE(facts_of(profile).virtual_clock);
  EXPECT_FALSE(facts_of(profile).errors_told);
  EXPECT_FALSE(facts_of(profile).user_seen);
  profile.capabilities.add(tcp::Capability::UserErrors);
  EXPECT_TRUE(facts_of(profile).errors_told);
  profile.capabilities.add(tcp::Capability::UserSend);
  EXPECT_TRUE(facts_of(profile).user_seen);
}

}  // namespace
}  // namespace tcprove::trial
