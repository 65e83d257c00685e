#include "harness/cli/judgement.hpp"

#include <gtest/gtest.h>

#include "harness/testing/trace_builder.hpp"

namespace tcprove::cli {
namespace {

using engine::Outcome;
using monitor::Level;
using report::ScenarioResult;
using report::Verdict;

const Covered kMust{.id = "MUST-13", .level = Level::Must, .section = "3.6.1"};
const Covered kShould{.id = "SHLD-2", .level = Level::Should, .section = "3.8.4"};
const Covered kMay{.id = "MAY-1", .level = Level::May, .section = "3.6"};

plan::Plan plan_of_one_step() {
  plan::Plan plan;
  plan.files = {"specs/a.yaml"};
  plan.steps.resize(1);
  plan.steps[0].line = 7;
  plan.steps[0].text = "expect: FIN,ACK";
  return plan;
}

Outcome failed() {
  Outcome outcome{.kind = Outcome::Kind::Failed};
  outcome.mismatch = engine::Mismatch{.step = 0,
                                      .at = base::Instant(std::chrono::seconds(3)),
                                      .event = 5,
                                      .expected = "FIN,ACK",
                                      .actual = "RST",
                                      .fields = {"flags"}};
  return outcome;
}

ScenarioResult judged(const Play& play, const std::vector<Covered>& covered) {
  ScenarioResult result;
  conclude(judge(play, plan_of_one_step(), covered, result), result);
  return result;
}

ScenarioResult judged(const Outcome& outcome, const std::vector<Covered>& covered) {
  return judged(Play{.outcome = outcome}, covered);
}

/// A play in whose trace a rule found `levels` at the event of its one step.
Play found(std::initializer_list<Level> levels) {
  Play play;
  play.trace = testing::TraceBuilder()
                   .step()
                   .waited(std::chrono::seconds(1))
                   .waited(std::chrono::seconds(1))
                   .build();
  for (const Level level : levels) {
    play.violations.push_back({.requirement = "MUST-40",
                               .level = level,
                               .section = "3.8.6.3",
                               .rule = "ack-within-500ms",
                               .message = "no ACK",
                               .at = base::Instant(std::chrono::seconds(1)),
                               .event = 0});
  }
  return play;
}

TEST(Judgement, PassesWhatHeldAndKeepsWhatWasLeftUnchecked) {
  const ScenarioResult result = judged({.kind = Outcome::Kind::Held,
                                        .reason = "no state seen",
                                        .virtual_time = std::chrono::hours(1)},
                                       {kMust});
  EXPECT_EQ(result.verdict, Verdict::Pass);
  EXPECT_EQ(result.reason, "no state seen");
  EXPECT_EQ(result.virtual_time, std::chrono::hours(1));
  EXPECT_TRUE(result.violations.empty());
}

TEST(Judgement, FailsAMust) {
  const ScenarioResult result = judged(failed(), {kMust});
  EXPECT_EQ(result.verdict, Verdict::Fail);
  EXPECT_EQ(result.reason, "specs/a.yaml:7: expected FIN,ACK; got RST");
  ASSERT_EQ(result.violations.size(), 1U);
  EXPECT_EQ(result.violations[0].requirement, "MUST-13");
  EXPECT_EQ(result.violations[0].section, "3.6.1");
  EXPECT_EQ(result.violations[0].line, 7);
  EXPECT_EQ(result.violations[0].event, 5U);
  ASSERT_EQ(result.differences.size(), 1U);
  EXPECT_EQ(result.differences[0].step, "expect: FIN,ACK");
}

TEST(Judgement, WarnsOfAShould) { EXPECT_EQ(judged(failed(), {kShould}).verdict, Verdict::Warn); }

TEST(Judgement, TakesAMayForAnOptionNotTaken) {
  const ScenarioResult result = judged(failed(), {kMay});
  EXPECT_EQ(result.verdict, Verdict::Unsupported);
  EXPECT_TRUE(result.violations.empty());
}

TEST(Judgement, LetsTheMostBindingRequirementDecide) {
  EXPECT_EQ(judged(failed(), {kMay, kShould, kMust}).verdict, Verdict::Fail);
  EXPECT_EQ(judged(failed(), {kMay, kShould}).verdict, Verdict::Warn);
  EXPECT_EQ(judged(failed(), {kMay, kShould, kMust}).violations.size(), 3U);
}

TEST(Judgement, FailsAScenarioThatCoversNothing) {
  EXPECT_EQ(judged(failed(), {}).verdict, Verdict::Fail);
}

TEST(Judgement, NamesNoEventWhereNothingCame) {
  Outcome outcome = failed();
  outcome.mismatch->event.reset();
  EXPECT_EQ(judged(outcome, {kMust}).violations.at(0).event, monitor::kNoEvent);
}

TEST(Judgement, DoesNotBelieveABlameOfAStepThatIsNotThere) {
  Outcome outcome = failed();
  outcome.mismatch->step = 1;
  EXPECT_EQ(judged(outcome, {kMust}).verdict, Verdict::Error);
  outcome.mismatch.reset();
  EXPECT_EQ(judged(outcome, {kMust}).verdict, Verdict::Error);
}

TEST(Judgement, HandsUnsupportedAndErrorOn) {
  EXPECT_EQ(judged({.kind = Outcome::Kind::Unsupported, .reason = "no IPv6"}, {kMust}).verdict,
            Verdict::Unsupported);
  const ScenarioResult error = judged({.kind = Outcome::Kind::Error, .reason = "crashed"}, {kMust});
  EXPECT_EQ(error.verdict, Verdict::Error);
  EXPECT_EQ(error.reason, "crashed");
}

TEST(Judgement, FailsWarnsOrNotesByTheLevelOfWhatTheMonitorFound) {
  EXPECT_EQ(judged(found({Level::Should, Level::Must}), {}).verdict, Verdict::Fail);
  EXPECT_EQ(judged(found({Level::May, Level::Should}), {}).verdict, Verdict::Warn);
  const ScenarioResult noted = judged(found({Level::May}), {});
  EXPECT_EQ(noted.verdict, Verdict::Pass);
  EXPECT_EQ(noted.violations.size(), 1U);
  EXPECT_EQ(noted.reason, "");
}

TEST(Judgement, SaysWhichStepWasUnderWay) {
  const ScenarioResult result = judged(found({Level::Must}), {});
  EXPECT_TRUE(result.steps_held);
  EXPECT_EQ(result.reason, "specs/a.yaml:7: ack-within-500ms: no ACK");
  EXPECT_EQ(result.violations.at(0).file, "specs/a.yaml");
  EXPECT_EQ(result.violations.at(0).line, 7);
}

TEST(Judgement, NamesNoStepWhereNoneWasUnderWay) {
  Play play = found({Level::Must});
  play.violations[0].event = 99;
  play.violations[0].at = {};
  const ScenarioResult early = judged(play, {});
  EXPECT_EQ(early.reason, "ack-within-500ms: no ACK");
  EXPECT_EQ(early.violations.at(0).line, 0);
  play.trace.reset();
  EXPECT_EQ(judged(play, {}).violations.at(0).line, 0);
}

TEST(Judgement, KeepsTheStepsVerdictWhereItIsWorse) {
  Play play = found({Level::Should});
  play.outcome = failed();
  const ScenarioResult result = judged(play, {kMust});
  EXPECT_EQ(result.verdict, Verdict::Fail);
  EXPECT_EQ(result.reason, "specs/a.yaml:7: expected FIN,ACK; got RST");
  EXPECT_EQ(result.violations.size(), 2U);
  EXPECT_EQ(judged(play, {kShould}).reason, result.reason) << "the step comes first";
}

TEST(Judgement, TakesTheMonitorsVerdictWhereItIsWorse) {
  Play play = found({Level::Must});
  play.outcome = failed();
  for (const Covered& covered : {kShould, kMay}) {
    const ScenarioResult result = judged(play, {covered});
    EXPECT_EQ(result.verdict, Verdict::Fail);
    EXPECT_EQ(result.reason, "specs/a.yaml:7: ack-within-500ms: no ACK");
  }
  play.outcome = {.kind = Outcome::Kind::Error, .reason = "crashed"};
  EXPECT_EQ(judged(play, {}).verdict, Verdict::Error);
}

}  // namespace
}  // namespace tcprove::cli
