#include "harness/campaign/known_findings.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/catalogue.hpp"

namespace tcprove::campaign {
namespace {

const std::filesystem::path kSpecs = std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs";

TEST(KnownFindings, OfLwipAreWhatScenariosShowAndWhatGeneratedPlansShow) {
  const auto known = load_known_findings(kSpecs, "lwip");
  ASSERT_TRUE(known.ok()) << base::to_string(known.error());
  EXPECT_NE(known.value().find_rule("time-wait-lasts-two-msl"), nullptr);
  EXPECT_NE(known.value().find_rule("ack-within-500ms"), nullptr);
  EXPECT_EQ(known.value().find_rule("checksum-verifies"), nullptr);
  EXPECT_NE(known.value().find_death("it printed: Assertion \"insane offset!\" failed"), nullptr);
  EXPECT_EQ(known.value().find_death("the stack crashed: Segmentation fault"), nullptr);
}

TEST(KnownFindings, OfAStackThatNobodyLookedAtAreNone) {
  const auto known = load_known_findings(kSpecs, "reference");
  ASSERT_TRUE(known.ok());
  EXPECT_EQ(known.value().find_rule("time-wait-lasts-two-msl"), nullptr);
  EXPECT_EQ(known.value().find_rule(""), nullptr);
  EXPECT_EQ(known.value().find_death(""), nullptr);
}

/// What names no requirement, or one in another section, would be read in vain.
TEST(KnownFindings, NameRealRequirements) {
  const auto catalogue = scenario::load_catalogue(kSpecs / "catalogue");
  ASSERT_TRUE(catalogue.ok());
  const auto list = scenario::load_expected(kSpecs / "expected/generated/lwip.yaml", nullptr);
  ASSERT_TRUE(list.ok()) << base::to_string(list.error());
  EXPECT_GT(list.value().deviations.size(), 30U);
  for (const scenario::Deviation& deviation : list.value().deviations) {
    const scenario::Requirement* requirement = catalogue.value().find(deviation.requirement);
    ASSERT_NE(requirement, nullptr) << deviation.requirement;
    EXPECT_EQ(requirement->section, deviation.section) << deviation.requirement;
  }
}

}  // namespace
}  // namespace tcprove::campaign
