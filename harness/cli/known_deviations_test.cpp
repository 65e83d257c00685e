#include "harness/cli/known_deviations.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace tcprove::cli {
namespace {

using report::ScenarioResult;
using report::Verdict;
using scenario::Deviation;

constexpr const char* kId = "textbook/close/lingers[ip=4]";

Deviation by_scenario(std::string scenario, std::string requirement = "MUST-13") {
  return {.scenario = std::move(scenario),
          .requirement = std::move(requirement),
          .section = "3.6.1",
          .reason = "It does not linger."};
}

Deviation by_rule(std::string rule, std::string scenario = "") {
  return {.scenario = std::move(scenario),
          .rule = std::move(rule),
          .requirement = "MUST-40",
          .section = "3.8.6.3",
          .reason = "It is slow.",
          .place = {.line = 9, .column = 3}};
}

monitor::Violation violation(std::string rule, std::string requirement) {
  return {.requirement = std::move(requirement), .rule = std::move(rule)};
}

const monitor::Violation kSlow = violation("slow", "MUST-40");
const monitor::Violation kShort = violation("short", "MUST-13");

Finding step(Verdict verdict = Verdict::Fail) { return {.verdict = verdict, .reason = "a step"}; }

Finding found(const monitor::Violation& violation, Verdict verdict = Verdict::Fail) {
  return {.verdict = verdict, .reason = violation.rule, .violation = &violation};
}

KnownDeviations known(std::vector<Deviation> deviations) {
  return KnownDeviations({.file = "known.yaml", .deviations = std::move(deviations)});
}

ScenarioResult concluded(KnownDeviations known, std::vector<Finding> findings) {
  ScenarioResult result{.id = kId};
  known.conclude(std::move(findings), result);
  return result;
}

std::size_t stale_count(const KnownDeviations& known, bool all_played = true) {
  return known.stale([all_played](const Deviation&) { return all_played; }).size();
}

TEST(KnownDeviations, ByScenarioExcuseItsStepACrashAndTheirOwnRequirement) {
  for (const Verdict verdict : {Verdict::Fail, Verdict::Warn, Verdict::Error}) {
    const ScenarioResult result =
        concluded(known({by_scenario("textbook/close")}), {step(verdict), found(kShort)});
    EXPECT_EQ(result.verdict, Verdict::Xfail);
    EXPECT_EQ(result.reason, "MUST-13 (3.6.1): It does not linger.");
  }
}

TEST(KnownDeviations, ByScenarioExcuseNoOtherRequirement) {
  const ScenarioResult result =
      concluded(known({by_scenario("textbook/close")}), {step(), found(kSlow, Verdict::Warn)});
  EXPECT_EQ(result.verdict, Verdict::Warn) << "what nothing excuses keeps its verdict";
  EXPECT_EQ(result.reason, "slow");
}

TEST(KnownDeviations, ByScenarioExcuseNoOtherScenario) {
  EXPECT_EQ(concluded(known({by_scenario("textbook/open")}), {step()}).verdict, Verdict::Fail);
}

TEST(KnownDeviations, ByRuleExcuseWhatItFindsAndNoStep) {
  EXPECT_EQ(concluded(known({by_rule("slow")}), {found(kSlow)}).verdict, Verdict::Xfail);
  EXPECT_EQ(concluded(known({by_rule("slow")}), {found(kShort)}).verdict, Verdict::Fail);
  EXPECT_EQ(concluded(known({by_rule("slow")}), {step(), found(kSlow)}).verdict, Verdict::Fail);
  EXPECT_EQ(concluded(known({by_rule("slow", "textbook/open")}), {found(kSlow)}).verdict,
            Verdict::Fail);
}

TEST(KnownDeviations, TellAllReasons) {
  const ScenarioResult result = concluded(known({by_rule("slow"), by_scenario("textbook")}),
                                          {step(), found(kSlow), found(kSlow)});
  EXPECT_EQ(result.verdict, Verdict::Xfail);
  EXPECT_EQ(result.excuses, (std::vector<std::string>{"MUST-40 (3.8.6.3): It is slow.",
                                                      "MUST-13 (3.6.1): It does not linger."}));
  EXPECT_EQ(result.reason, "MUST-40 (3.8.6.3): It is slow. MUST-13 (3.6.1): It does not linger.");
}

TEST(KnownDeviations, LetOneThatNothingExcusesDecide) {
  const ScenarioResult result =
      concluded(known({by_rule("slow")}), {found(kSlow), found(kShort, Verdict::Warn)});
  EXPECT_EQ(result.verdict, Verdict::Warn);
  EXPECT_EQ(result.reason, "short");
}

TEST(KnownDeviations, ByScenarioXpassWhereThereIsNothingToExcuse) {
  const ScenarioResult result = concluded(known({by_scenario("textbook")}), {});
  EXPECT_EQ(result.verdict, Verdict::Xpass);
  EXPECT_EQ(result.reason,
            "held, although it is a known deviation: MUST-13 (3.6.1): It does not linger.");
  EXPECT_EQ(concluded(known({by_scenario("textbook"), by_rule("slow")}), {found(kSlow)}).verdict,
            Verdict::Xpass);
}

TEST(KnownDeviations, OfARowSpeakOfNothingElse) {
  Deviation deviation = by_scenario("textbook/close");
  deviation.row = "--iss-stack 0xf";
  const auto verdict_in = [&](std::string_view row, std::vector<Finding> findings) {
    ScenarioResult result{.id = kId};
    known({deviation}).conclude(std::move(findings), result, row);
    return result.verdict;
  };
  EXPECT_EQ(verdict_in("--iss-peer 0x0 --iss-stack 0xf", {step()}), Verdict::Xfail);
  EXPECT_EQ(verdict_in("--iss-peer 0x0 --iss-stack 0xff", {step()}), Verdict::Fail);
  EXPECT_EQ(verdict_in("", {step()}), Verdict::Fail);
  EXPECT_EQ(verdict_in("--iss-stack 0xf", {}), Verdict::Xpass);
  EXPECT_EQ(verdict_in("", {}), Verdict::Pass) << "as it is written it need not show";
}

TEST(KnownDeviations, SayNothingOfWhatWasNotJudged) {
  for (const Verdict verdict : {Verdict::Inconclusive, Verdict::Unsupported}) {
    EXPECT_EQ(concluded(known({by_scenario("textbook")}), {step(verdict)}).verdict, verdict);
  }
}

TEST(KnownDeviations, ByRuleGoStaleWhereAllWasPlayedAndShowedNothing) {
  KnownDeviations list = known({by_rule("slow"), by_rule("short", "textbook/close")});
  EXPECT_EQ(stale_count(list), 0U) << "nothing was played";
  ScenarioResult result{.id = kId};
  list.conclude({found(kSlow)}, result);
  EXPECT_EQ(stale_count(list, false), 0U) << "more was left to play";
  const auto stale = list.stale([](const Deviation&) { return true; });
  ASSERT_EQ(stale.size(), 1U);
  EXPECT_EQ(stale[0].file, "known.yaml");
  EXPECT_EQ(stale[0].line, 9);
  EXPECT_EQ(stale[0].rule, "short");
  EXPECT_EQ(stale[0].scenario, "textbook/close");
  EXPECT_EQ(stale[0].requirement, "MUST-40");
}

TEST(KnownDeviations, DoNotGoStaleByWhatWasNotJudgedToItsEnd) {
  for (const Verdict verdict : {Verdict::Error, Verdict::Unsupported, Verdict::Inconclusive}) {
    KnownDeviations list = known({by_rule("slow")});
    ScenarioResult result{.id = kId};
    list.conclude({step(verdict)}, result);
    EXPECT_EQ(stale_count(list), 0U);
  }
}

TEST(KnownDeviations, DoNotGoStaleByAnotherScenario) {
  KnownDeviations list = known({by_rule("slow", "textbook/open")});
  ScenarioResult result{.id = kId};
  list.conclude({}, result);
  EXPECT_EQ(stale_count(list), 0U);
}

TEST(KnownDeviations, ByRuleAreTrueWhereTheRuleOnlyNotes) {
  KnownDeviations list = known({by_rule("slow")});
  ScenarioResult result{.id = kId};
  result.violations = {kSlow};
  list.conclude({}, result);
  EXPECT_EQ(result.verdict, Verdict::Pass);
  EXPECT_EQ(stale_count(list), 0U);
}

}  // namespace
}  // namespace tcprove::cli
