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

TEST(ExpectedFile, FindsDeviationsByIdFolderAndInstance) {
  const TemporarySpecs specs;
  const auto expected = load_expected(specs.write("expected/x.yaml", kExpected), nullptr);
  ASSERT_TRUE(expected.ok()) << base::to_string(expected.error());
  ASSERT_NE(expected.value().find("textbook/close[ip=6]"), nullptr);
  EXPECT_EQ(expected.value().find("textbook/close[ip=6]")->reason, "Short.");
  EXPECT_NE(expected.value().find("textbook/close/lingers"), nullptr);
  EXPECT_EQ(expected.value().find("textbook/closed"), nullptr) << "not half a name";
  EXPECT_NE(expected.value().find("rfc/reset[ip=4]"), nullptr);
  EXPECT_EQ(expected.value().find("rfc/reset[ip=6]"), nullptr);
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

TEST(ExpectedFile, RequiresAllFourKeys) {
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

}  // namespace
}  // namespace tcprove::scenario
