#include "harness/report/tally.hpp"

#include <gtest/gtest.h>

namespace tcprove::report {
namespace {

TEST(GroupName, IsTheFirstTwoFolders) {
  EXPECT_EQ(group_name("textbook/close/four-way"), "textbook/close");
  EXPECT_EQ(group_name("rfc9293/3.8-data/urgent/pointer"), "rfc9293/3.8-data");
  EXPECT_EQ(group_name("zoo/lion"), "zoo");
  EXPECT_EQ(group_name("lion"), ".");
}

TEST(Groups, IgnoreSlashesAndBracketsOfTheInstance) {
  std::vector<ScenarioResult> results(1);
  results[0].id = "zoo[1]/lion[data=a/b/c,x=[2]]";
  results[0].instance = "[data=a/b/c,x=[2]]";
  EXPECT_EQ(groups_of(results).at(0).name, "zoo[1]");
}

TEST(Groups, GatherScenariosThatDoNotStandTogether) {
  std::vector<ScenarioResult> results(3);
  results[0].id = "a/x";
  results[1].id = "a/b/y";
  results[2].id = "a/z";
  results[2].verdict = Verdict::Fail;
  const std::vector<Group> groups = groups_of(results);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].name, "a");
  EXPECT_EQ(groups[0].scenarios.size(), 2U);
  EXPECT_EQ(groups[0].tally[Verdict::Fail], 1U);
  EXPECT_EQ(groups[1].tally[Verdict::Pass], 1U);
}

}  // namespace
}  // namespace tcprove::report
