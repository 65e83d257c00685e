#include "harness/report/score.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

FaultResult fault(std::string name) {
  return {.name = name,
          .target = "reference:fault=" + name,
          .requirement = "MUST-13",
          .sentence = "TIME-WAIT lasts one MSL."};
}

/// A fault of each kind: caught in each way, known not to be, missed and stale.
Score sample() {
  Score score{.version = "0.1.0",
              .target = "reference:fault=all",
              .correct = "reference",
              .instances = 434,
              .wall_time = std::chrono::milliseconds(1500)};
  const CaughtByScenario scenario{.id = "textbook/close/lingers[ip=4]", .reason = "got RST"};
  const CaughtByRule rule{.rule = "time-wait-lasts-two-msl", .id = "textbook/close/quick[ip=6]"};
  FaultResult both = fault("tw-one-msl");
  both.scenario = scenario;
  both.rule = rule;
  FaultResult crash = fault("ack-timer-loop");
  crash.scenario = {.id = "textbook/data/one[ip=4]", .verdict = Verdict::Error, .reason = "hung"};
  FaultResult by_rule = fault("no-paws");
  by_rule.rule = rule;
  FaultResult known = fault("iss-counter");
  known.known_reason = "It is seen with the stack's secret alone.";
  FaultResult stale = both;
  stale.name = "tw-forever";
  stale.known_reason = "Nobody waits so long.";
  score.faults = {both, crash, by_rule, known, fault("missed-one"), stale};
  return score;
}

/// With a requirement and an instance of each kind.
Score proven_sample() {
  Score score = sample();
  score.requirements = {
      {.id = "MUST-13",
       .level = "MUST",
       .needed = true,
       .faults = {{.fault = "no-time-wait", .scenario = "textbook/close/lingers[ip=4]"},
                  {.fault = "tw-one-msl"}}},
      {.id = "MUST-14", .level = "MUST", .needed = true, .faults = {{.fault = "mss-ignored"}}},
      {.id = "MUST-15", .level = "MUST", .needed = true},
      {.id = "MAY-5", .level = "MAY", .needed = true, .known_reason = "A permission."},
      {.id = "MAY-6",
       .level = "MAY",
       .needed = true,
       .faults = {{.fault = "odd", .scenario = "textbook/odd[ip=4]"}},
       .known_reason = "Nobody does."},
      {.id = "RFC1337-1", .level = "MAY", .faults = {{.fault = "tw-assassination"}}}};
  using Why = Doubt::Why;
  score.instances_tried = {
      .tried = 430,
      .by_step = 400,
      .by_rule = 27,
      .doubts = {{.id = "textbook/a[ip=4]", .why = Why::NoFaultBreaksIt},
                 {.id = "textbook/b[ip=4]", .why = Why::HoldsInSilence},
                 {.id = "textbook/c[ip=4]", .why = Why::HoldsInSilence, .known_reason = "Yes."}},
      .stale = {"textbook/d"}};
  return score;
}

std::string text(const Score& score) {
  std::ostringstream out;
  write_score(out, score, {});
  return out.str();
}

TEST(Score, IsToldAsApproved) {
  Score score = sample();
  score.against_correct = {samples::syn_with_options()};
  testing::expect_golden("harness/report/golden/score.txt", text(score));
}

TEST(Score, IsWrittenAsJsonAsApproved) {
  Score score = sample();
  score.against_correct = {samples::syn_with_options()};
  std::ostringstream out;
  write_score_json(out, score);
  testing::expect_golden("harness/report/golden/score.json", out.str());
}

TEST(Score, TellsWhatIsProvenAsApproved) {
  testing::expect_golden("harness/report/golden/score_proven.txt", text(proven_sample()));
}

TEST(Score, IsWrittenAsJsonWithWhatIsProvenAsApproved) {
  std::ostringstream out;
  write_score_json(out, proven_sample());
  testing::expect_golden("harness/report/golden/score_proven.json", out.str());
}

TEST(Score, CountsWhatIsCaught) {
  const ScoreCounts counts = counts_of(sample());
  EXPECT_EQ(counts.faults, 6U);
  EXPECT_EQ(counts.caught, 4U);
  EXPECT_EQ(counts.by_scenario, 3U);
  EXPECT_EQ(counts.by_rule, 3U);
  EXPECT_EQ(counts.known_uncaught, 1U);
  EXPECT_EQ(counts.missed, 1U);
  EXPECT_EQ(counts.stale, 1U);
  EXPECT_DOUBLE_EQ(counts.share(), 4.0 / 6);
  EXPECT_DOUBLE_EQ(counts_of({}).share(), 1);
}

TEST(Score, HoldsWhereEveryFaultIsAsKnown) {
  Score score = sample();
  EXPECT_FALSE(score.holds());
  score.faults.pop_back();
  EXPECT_FALSE(score.holds()) << "one is missed";
  score.faults.pop_back();
  EXPECT_TRUE(score.holds()) << "the one that is not caught is known";
  score.against_correct = {samples::syn_with_options()};
  EXPECT_FALSE(score.holds()) << "the target without a fault must be right";
}

TEST(Score, HoldsWhereWhatIsUnprovenIsKnown) {
  const Score sampled = proven_sample();
  Score score{
      .requirements = {sampled.requirements[0], sampled.requirements[3], sampled.requirements[5]},
      .instances_tried = InstanceScore{.doubts = {sampled.instances_tried->doubts[2]}}};
  EXPECT_TRUE(score.holds());
  for (const std::size_t red : {1U, 2U, 4U}) {
    Score other = score;
    other.requirements.push_back(sampled.requirements[red]);
    EXPECT_FALSE(other.holds()) << sampled.requirements[red].id;
  }
  for (const std::size_t weak : {0U, 1U}) {
    Score other = score;
    other.instances_tried->doubts.push_back(sampled.instances_tried->doubts[weak]);
    EXPECT_FALSE(other.holds()) << sampled.instances_tried->doubts[weak].id;
  }
  score.instances_tried->stale = {"textbook/d"};
  EXPECT_FALSE(score.holds());
}

}  // namespace
}  // namespace tcprove::report
