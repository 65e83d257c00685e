#include "harness/report/requirements.hpp"

#include <gtest/gtest.h>

namespace tcprove::report {
namespace {

ScenarioResult covering(Verdict verdict, std::string reason = "") {
  ScenarioResult result;
  result.verdict = verdict;
  result.reason = std::move(reason);
  result.requirements = {"MUST-1"};
  result.steps_held = verdict == Verdict::Pass;
  return result;
}

ScenarioResult violating(Verdict verdict, std::string requirement, monitor::Level level) {
  ScenarioResult result = covering(verdict);
  monitor::Violation violation;
  violation.requirement = std::move(requirement);
  violation.level = level;
  violation.rule = monitor::kScenarioItself;
  result.violations = {violation};
  return result;
}

RequirementResult judged(const std::vector<ScenarioResult>& results) {
  const std::vector<CatalogueRow> catalogue{{.id = "MUST-1", .level = "MUST"}};
  return judge_requirements(catalogue, results).at(0);
}

TEST(Requirement, FailsWhereOneScenarioSawItViolated) {
  EXPECT_EQ(
      judged({covering(Verdict::Pass), violating(Verdict::Fail, "MUST-1", monitor::Level::Must)})
          .verdict,
      "fail");
}

TEST(Requirement, FailsWhereItsDeviationIsKnown) {
  EXPECT_EQ(judged({violating(Verdict::Xfail, "MUST-1", monitor::Level::Must)}).verdict, "fail");
}

TEST(Requirement, IsExcusedWhereKnownDeviationsAloneShowIt) {
  const auto known = violating(Verdict::Xfail, "MUST-1", monitor::Level::Must);
  EXPECT_TRUE(judged({known, covering(Verdict::Pass)}).excused);
  EXPECT_EQ(shown_verdict(judged({known})), "xfail");
  EXPECT_TRUE(judged({covering(Verdict::Xfail)}).excused);
  EXPECT_FALSE(judged({known, violating(Verdict::Fail, "MUST-1", monitor::Level::Must)}).excused);
  EXPECT_FALSE(judged({known, covering(Verdict::Fail)}).excused);
  EXPECT_FALSE(judged({covering(Verdict::Pass)}).excused);
  EXPECT_EQ(shown_verdict(judged({covering(Verdict::Fail)})), "fail");
}

TEST(Requirement, FailsWithAScenarioThatCoversItAndNamesNoOther) {
  EXPECT_EQ(judged({covering(Verdict::Fail)}).verdict, "fail");
}

TEST(Requirement, IsNotBlamedForAnother) {
  const auto other = violating(Verdict::Fail, "MUST-2", monitor::Level::Must);
  EXPECT_EQ(judged({other, covering(Verdict::Pass)}).verdict, "pass");
  EXPECT_EQ(judged({other}).verdict, "untested");
}

TEST(Requirement, PassesWhereTheStepsHeldAndARuleComplainedOfAnother) {
  ScenarioResult result = violating(Verdict::Fail, "MUST-2", monitor::Level::Must);
  result.violations[0].rule = "a-rule";
  result.steps_held = true;
  EXPECT_EQ(judged({result}).verdict, "pass");
  result.violations[0].requirement = "MUST-1";
  EXPECT_EQ(judged({result}).verdict, "fail");
}

TEST(Requirement, FailsWithACrashThatARuleHadComplainedBefore) {
  ScenarioResult result = violating(Verdict::Xfail, "MUST-2", monitor::Level::Must);
  result.violations[0].rule = "a-rule";
  EXPECT_EQ(judged({result}).verdict, "fail");
}

TEST(Requirement, WarnsWhereAShouldIsViolatedElsewhere) {
  ScenarioResult result = violating(Verdict::Warn, "MUST-1", monitor::Level::Should);
  result.requirements.clear();
  EXPECT_EQ(judged({covering(Verdict::Pass), result}).verdict, "warn");
}

TEST(Requirement, PassesWhereAMayIsNoted) {
  EXPECT_EQ(judged({violating(Verdict::Pass, "MUST-1", monitor::Level::May)}).verdict, "pass");
}

TEST(Requirement, IsUntestedWithAReason) {
  EXPECT_EQ(judged({}).verdict, "untested");
  EXPECT_EQ(judged({}).reason, "no scenario covers it");
  EXPECT_EQ(judged({covering(Verdict::Error), covering(Verdict::Unsupported, "no clock")}).reason,
            "no scenario that covers it came to a verdict");
}

TEST(Requirement, DoesNotPassByARuleThatFoundNothing) {
  const std::vector<CatalogueRow> catalogue{{.id = "MUST-1", .level = "MUST", .rules = {"a-rule"}}};
  const RequirementResult row = judge_requirements(catalogue, {}).at(0);
  EXPECT_EQ(row.verdict, "untested");
  EXPECT_EQ(row.reason, "no scenario covers it; its rule found nothing");
}

TEST(Requirement, IsNotApplicableWhereAllThatCoverItAreUnsupported) {
  const RequirementResult row = judged({covering(Verdict::Unsupported, "no active-open"),
                                        covering(Verdict::Unsupported, "no clock")});
  EXPECT_EQ(row.verdict, "not-applicable");
  EXPECT_EQ(row.reason, "no active-open");
  EXPECT_EQ(judged({covering(Verdict::Unsupported, "x"), covering(Verdict::Pass)}).verdict, "pass");
}

TEST(Requirement, IsNotApplicableToAStackWithoutWhatItIsAbout) {
  const std::vector<CatalogueRow> catalogue{
      {.id = "MUST-1", .level = "MUST", .rules = {"a-rule"}, .not_offered = "it has no fast-open"}};
  const RequirementResult row = judge_requirements(catalogue, {}).at(0);
  EXPECT_EQ(row.verdict, "not-applicable");
  EXPECT_EQ(row.reason, "it has no fast-open");
  EXPECT_EQ(judge_requirements(
                catalogue, std::vector{violating(Verdict::Fail, "MUST-1", monitor::Level::Must)})
                .at(0)
                .verdict,
            "fail");
}

TEST(Requirement, TellsWhyNothingCanShowIt) {
  const std::vector<CatalogueRow> catalogue{
      {.id = "MUST-1", .level = "MUST", .untestable = "it is a secret"}};
  const RequirementResult row = judge_requirements(catalogue, {}).at(0);
  EXPECT_EQ(row.verdict, "untested");
  EXPECT_EQ(row.reason, "untestable: it is a secret");
}

TEST(Requirement, KeepsTheCataloguesOrder) {
  const std::vector<CatalogueRow> catalogue{{.id = "B", .level = "MUST"},
                                            {.id = "A", .level = "MAY"}};
  const std::vector<RequirementResult> rows = judge_requirements(catalogue, {});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id, "B");
  EXPECT_EQ(rows[1].level, "MAY");
}

}  // namespace
}  // namespace tcprove::report
