#include "harness/cli/requirement_judges.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/selection.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = TCPROVE_SOURCE_DIR;

class ProjectRequirements : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(catalogue_.ok()) << to_string(catalogue_.error());
    scenarios_ =
        scenario::load_scenarios(std::vector<std::string>{(kRoot / "specs").string()},
                                 {.specs_root = kRoot / "specs", .catalogue = &catalogue_.value()});
    ASSERT_TRUE(scenarios_.ok()) << to_string(scenarios_.error());
    judges_ = judges_of(catalogue_.value(), scenarios_.value());
  }

  base::Result<scenario::Catalogue> catalogue_ =
      scenario::load_catalogue(kRoot / "specs/catalogue");
  base::Result<std::vector<scenario::Scenario>> scenarios_{std::vector<scenario::Scenario>{}};
  std::vector<JudgedRequirement> judges_;
};

TEST_F(ProjectRequirements, HaveARuleAScenarioOrAReason) {
  for (const JudgedRequirement& row : judges_) {
    const scenario::Requirement& requirement = *row.requirement;
    EXPECT_TRUE(row.judged() || !requirement.untestable.empty())
        << requirement.id
        << " has neither a rule nor a scenario nor a reason: " << requirement.text;
  }
}

TEST_F(ProjectRequirements, AreNotCalledUntestableWhereTheyAreJudged) {
  for (const JudgedRequirement& row : judges_) {
    EXPECT_FALSE(row.judged() && !row.requirement->untestable.empty())
        << row.requirement->id << " is judged by " << how_judged(row);
  }
}

TEST(HowJudged, CountsRulesAndScenarios) {
  const scenario::Requirement requirement{.id = "MUST-1",
                                          .slug = {},
                                          .level = "MUST",
                                          .section = "3.1",
                                          .text = {},
                                          .testable = {},
                                          .also = {},
                                          .stimulus = {},
                                          .expected = {},
                                          .condition = {},
                                          .notes = {},
                                          .untestable = "it is a secret"};
  JudgedRequirement row{.requirement = &requirement, .rules = {}, .scenarios = {}};
  EXPECT_EQ(how_judged(row), "untestable: it is a secret");
  row.scenarios = {"a", "b"};
  EXPECT_EQ(how_judged(row), "2 scenarios");
  row.rules = {"r"};
  EXPECT_EQ(how_judged(row), "1 rule, 2 scenarios");
}

TEST(JudgesOf, FindsRulesAndScenariosByTheirRequirement) {
  const scenario::Catalogue catalogue({{.id = "MUST-13",
                                        .slug = {},
                                        .level = "MUST",
                                        .section = "3.6.1",
                                        .text = {},
                                        .testable = {},
                                        .also = {},
                                        .stimulus = {},
                                        .expected = {},
                                        .condition = {},
                                        .notes = {},
                                        .untestable = {}}});
  scenario::Scenario scenario;
  scenario.id = "x/y";
  scenario.covers = {"MUST-13"};
  const auto judges = judges_of(catalogue, {scenario});
  ASSERT_EQ(judges.size(), 1U);
  EXPECT_FALSE(judges[0].rules.empty());
  EXPECT_EQ(judges[0].scenarios, std::vector<std::string>{"x/y"});
}

}  // namespace
}  // namespace tcprove::cli
