#include "harness/campaign/known_findings.hpp"

#include <gtest/gtest.h>

#include "harness/monitor/rules.hpp"
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

/// What names no rule or no requirement, or one in another section, would be read in vain.
TEST(KnownFindings, OfEveryStackNameRealRequirementsAndRules) {
  const auto catalogue = scenario::load_catalogue(kSpecs / "catalogue");
  ASSERT_TRUE(catalogue.ok());
  std::vector<scenario::KnownRule> rules;
  for (const monitor::Rule& rule : monitor::all_rules()) {
    rules.push_back({.name = rule.name, .requirement = rule.requirement});
  }
  std::size_t lists = 0;
  for (const char* const folder : {"expected", "expected/generated"}) {
    for (const auto& entry : std::filesystem::directory_iterator(kSpecs / folder)) {
      const std::string name = entry.path().filename();
      // Of the suite and not of a stack.
      if (name == "uncaught-faults.yaml" || name == "unproven.yaml" || entry.is_directory()) {
        continue;
      }
      const auto list = scenario::load_expected(entry.path(), &catalogue.value(), rules);
      ASSERT_TRUE(list.ok()) << base::to_string(list.error());
      EXPECT_GT(list.value().deviations.size(), 10U) << entry.path();
      ++lists;
    }
  }
  EXPECT_GE(lists, 8U);
}

}  // namespace
}  // namespace tcprove::campaign
