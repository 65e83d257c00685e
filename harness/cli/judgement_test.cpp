#include "harness/cli/judgement.hpp"

#include <gtest/gtest.h>

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

ScenarioResult judged(const Outcome& outcome, const std::vector<Covered>& covered) {
  ScenarioResult result;
  judge(outcome, plan_of_one_step(), covered, result);
  return result;
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

TEST(ExpectDeviation, TurnsWhatWasViolatedIntoXfail) {
  for (const Verdict verdict : {Verdict::Fail, Verdict::Warn, Verdict::Error}) {
    ScenarioResult result{.verdict = verdict, .reason = "was seen"};
    expect_deviation("is known", result);
    EXPECT_EQ(result.verdict, Verdict::Xfail);
    EXPECT_EQ(result.reason, "is known");
  }
}

TEST(ExpectDeviation, TurnsWhatHeldIntoXpass) {
  ScenarioResult result{.verdict = Verdict::Pass};
  expect_deviation("is known", result);
  EXPECT_EQ(result.verdict, Verdict::Xpass);
  EXPECT_EQ(result.reason, "held, although it is a known deviation: is known");
}

TEST(ExpectDeviation, SaysNothingOfWhatWasNotJudged) {
  for (const Verdict verdict : {Verdict::Inconclusive, Verdict::Unsupported}) {
    ScenarioResult result{.verdict = verdict, .reason = "no IPv6"};
    expect_deviation("is known", result);
    EXPECT_EQ(result.verdict, verdict);
    EXPECT_EQ(result.reason, "no IPv6");
  }
}

}  // namespace
}  // namespace tcprove::cli
