#include "harness/scenario/expected_file.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

constexpr const char* kExpected =
    "- scenario: textbook/close\n  requirement: MUST-13\n  section: 3.6.1\n  reason: Short.\n"
    "- scenario: rfc/reset[ip=4]\n  requirement: RFC5961-2\n  section: '3.2'\n  reason: Other.\n";

Catalogue catalogue() {
  Requirement linger;
  linger.id = "MUST-13";
  linger.section = "3.6.1";
  Requirement challenge;
  challenge.id = "RFC5961-2";
  challenge.section = "3.2";
  return Catalogue({linger, challenge});
}

TEST(ExpectedFile, SpeaksOfIdsFoldersAndInstances) {
  const TemporarySpecs specs;
  const auto expected = load_expected(specs.write("expected/x.yaml", kExpected), nullptr);
  ASSERT_TRUE(expected.ok()) << base::to_string(expected.error());
  const Deviation& close = expected.value().deviations.at(0);
  EXPECT_EQ(close.reason, "Short.");
  EXPECT_TRUE(close.covers("textbook/close[ip=6]"));
  EXPECT_TRUE(close.covers("textbook/close/lingers"));
  EXPECT_FALSE(close.covers("textbook/closed")) << "not half a name";
  const Deviation& reset = expected.value().deviations.at(1);
  EXPECT_TRUE(reset.covers("rfc/reset[ip=4]"));
  EXPECT_FALSE(reset.covers("rfc/reset[ip=6]"));
}

TEST(ExpectedFile, SpeaksOfTheInstancesOfWhichItNamesAPart) {
  const TemporarySpecs specs;
  const auto expected = load_expected(
      specs.write("expected/x.yaml",
                  "- {scenario: \"a/b[edge=right,ip=4]\", requirement: M, section: s, reason: r}\n"
                  "- {scenario: [c, \"d/e[ip=6]\"], requirement: M, section: s, reason: r}\n"),
      nullptr);
  ASSERT_TRUE(expected.ok()) << base::to_string(expected.error());
  ASSERT_EQ(expected.value().deviations.size(), 3U);
  const Deviation& right = expected.value().deviations[0];
  EXPECT_TRUE(right.covers("a/b[way=x,edge=right,ip=4]"));
  EXPECT_FALSE(right.covers("a/b[way=x,edge=right,ip=6]"));
  EXPECT_FALSE(right.covers("a/b[way=x,edge=right-1,ip=4]")) << "not half a value";
  EXPECT_FALSE(right.covers("a/bc[edge=right,ip=4]")) << "not half a name";
  EXPECT_FALSE(right.covers("a/b"));
  EXPECT_TRUE(expected.value().deviations[1].covers("c/x[ip=4]"));
  EXPECT_TRUE(expected.value().deviations[2].covers("d/e[ip=6]"));
  EXPECT_EQ(expected.value().deviations[2].place.column, 18);
}

TEST(ExpectedFile, SpeaksOfAllScenariosWhereItNamesARuleAlone) {
  const TemporarySpecs specs;
  const auto expected = load_expected(
      specs.write("expected/x.yaml",
                  "- {rule: time-wait-lasts-two-msl, requirement: MUST-13, section: 3.6.1, "
                  "reason: b}\n"
                  "- {rule: time-wait-lasts-two-msl, scenario: rfc/, requirement: MUST-13, "
                  "section: 3.6.1, reason: b}\n"),
      nullptr);
  ASSERT_TRUE(expected.ok()) << base::to_string(expected.error());
  EXPECT_EQ(expected.value().deviations.at(0).rule, "time-wait-lasts-two-msl");
  EXPECT_TRUE(expected.value().deviations.at(0).covers("any/scenario[ip=4]"));
  EXPECT_TRUE(expected.value().deviations.at(1).covers("rfc/reset[ip=4]"));
  EXPECT_FALSE(expected.value().deviations.at(1).covers("any/scenario[ip=4]"));
  const std::vector<std::string> ids{"textbook/close[ip=4]"};
  EXPECT_EQ(expected.value().unmatched(ids).size(), 1U);
}

TEST(ExpectedFile, ChecksRules) {
  const TemporarySpecs specs;
  const Catalogue known = catalogue();
  const std::vector<KnownRule> rules{{.name = "time-wait-lasts-two-msl", .requirement = "MUST-13"}};
  const auto bad = load_expected(
      specs.write("expected/x.yaml",
                  "- {rule: time-wait-lasts-to-msl, requirement: MUST-13, section: 3.6.1, "
                  "reason: b}\n"
                  "- {rule: time-wait-lasts-two-msl, requirement: RFC5961-2, section: '3.2', "
                  "reason: b}\n"
                  "- {requirement: MUST-13, section: 3.6.1, reason: b}\n"
                  "- {rule: '', requirement: MUST-13, section: 3.6.1, reason: b}\n"),
      &known, rules);
  ASSERT_FALSE(bad.ok());
  const base::Diagnostics& wrong = bad.error();
  ASSERT_EQ(wrong.size(), 4U) << base::to_string(wrong);
  EXPECT_EQ(wrong[0].message, "the monitor has no rule \"time-wait-lasts-to-msl\"");
  EXPECT_EQ(wrong[0].suggestion, "time-wait-lasts-two-msl");
  EXPECT_EQ(wrong[0].place.line, 1);
  EXPECT_EQ(wrong[1].message, "the rule time-wait-lasts-two-msl judges MUST-13, not RFC5961-2");
  EXPECT_EQ(wrong[2].message, "a deviation needs a scenario, a rule or both");
  EXPECT_EQ(wrong[2].place.line, 3);
  EXPECT_EQ(wrong[3].message, "rule is empty");
}

TEST(ExpectedFile, NamesWhatMatchesNoScenario) {
  const TemporarySpecs specs;
  const auto expected = load_expected(specs.write("expected/x.yaml", kExpected), nullptr);
  ASSERT_TRUE(expected.ok());
  const std::vector<std::string> ids{"textbook/close[ip=4]", "rfc/resets[ip=4]"};
  const base::Diagnostics unmatched = expected.value().unmatched(ids);
  ASSERT_EQ(unmatched.size(), 1U);
  EXPECT_EQ(unmatched[0].place.line, 5);
  EXPECT_EQ(unmatched[0].suggestion, "rfc/resets[ip=4]");
}

TEST(ExpectedFile, SaysNothingTwice) {
  const TemporarySpecs specs;
  const auto twice = load_expected(
      specs.write("expected/x.yaml",
                  "- {scenario: [a, b], requirement: M, section: s, reason: r}\n"
                  "- {scenario: a, requirement: N, section: s, reason: another requirement}\n"
                  "- {scenario: a, requirement: M, section: s, reason: r, row: --batch}\n"
                  "- {scenario: [c, a], requirement: M, section: s, reason: other words}\n"
                  "- {rule: x, requirement: M, section: s, reason: r}\n"
                  "- {rule: x, scenario: a, requirement: M, section: s, reason: r}\n"
                  "- {rule: x, requirement: M, section: s, reason: r}\n"),
      nullptr);
  ASSERT_FALSE(twice.ok());
  const base::Diagnostics& wrong = twice.error();
  ASSERT_EQ(wrong.size(), 2U) << base::to_string(wrong);
  EXPECT_EQ(wrong[0].message, "\"a\" of M is listed in line 1 already");
  EXPECT_EQ(wrong[0].place.line, 4);
  EXPECT_EQ(wrong[0].place.column, 18);
  EXPECT_EQ(wrong[1].message, "\"x\" of M is listed in line 5 already");
  EXPECT_EQ(wrong[1].place.line, 7);
}

TEST(ExpectedFile, KnowsWhatAnotherListSays) {
  const TemporarySpecs specs;
  const auto first =
      load_expected(specs.write("expected/x.yaml",
                                "# One.\n- {rule: x, requirement: M, section: s, reason: r}\n"),
                    nullptr);
  const auto second =
      load_expected(specs.write("expected/y.yaml",
                                "- {rule: y, requirement: M, section: s, reason: r}\n"
                                "- {rule: x, requirement: M, section: s, reason: r}\n"),
                    nullptr);
  ASSERT_TRUE(first.ok() && second.ok());
  const base::Diagnostics repeated = second.value().repeated(first.value());
  ASSERT_EQ(repeated.size(), 1U);
  EXPECT_EQ(repeated[0].place.line, 2);
  EXPECT_EQ(repeated[0].message, "\"x\" of M is listed in " + first.value().file + ":2 already");
}

TEST(ExpectedFile, RequiresItsKeys) {
  const TemporarySpecs specs;
  const auto expected =
      load_expected(specs.write("expected/x.yaml", "- scenario: a\n  raeson: b\n"), nullptr);
  ASSERT_FALSE(expected.ok());
  EXPECT_EQ(expected.error().size(), 4U) << base::to_string(expected.error());
}

TEST(ExpectedFile, ChecksRequirementAndSection) {
  const TemporarySpecs specs;
  const Catalogue known = catalogue();
  const auto good = load_expected(specs.write("expected/x.yaml", kExpected), &known);
  EXPECT_TRUE(good.ok());
  const auto bad = load_expected(
      specs.write("expected/y.yaml",
                  "- {scenario: a, requirement: MUST-31, section: 3.6.1, reason: b}\n"
                  "- {scenario: a, requirement: MUST-13, section: '3.6', reason: b}\n"),
      &known);
  ASSERT_FALSE(bad.ok());
  ASSERT_EQ(bad.error().size(), 2U) << base::to_string(bad.error());
  EXPECT_EQ(bad.error()[0].suggestion, "MUST-13");
  EXPECT_EQ(bad.error()[1].message, "MUST-13 stands in section 3.6.1, not 3.6");
}

TEST(ExpectedFile, MayListNothing) {
  const TemporarySpecs specs;
  const auto expected = load_expected(specs.write("expected/x.yaml", "[]\n"), nullptr);
  ASSERT_TRUE(expected.ok());
  EXPECT_TRUE(expected.value().deviations.empty());
}

TEST(ExpectedFile, SpeaksOfDeathsEverywhere) {
  const TemporarySpecs specs;
  const auto expected = load_expected(
      specs.write("expected/x.yaml",
                  "- {death: \"insane offset!\", requirement: M, section: s, reason: r}\n"),
      nullptr);
  ASSERT_TRUE(expected.ok()) << base::to_string(expected.error());
  EXPECT_EQ(expected.value().deviations.at(0).death, "insane offset!");
  EXPECT_FALSE(load_expected(specs.write("expected/y.yaml",
                                         "- {death: d, rule: x, requirement: M, section: s, "
                                         "reason: r}\n"),
                             nullptr)
                   .ok());
}

}  // namespace
}  // namespace tcprove::scenario
