#include "harness/testing/tidy/specs.hpp"

#include <gtest/gtest.h>

namespace tcprove::testing::tidy {
namespace {

const std::set<std::string> kIds{"MUST-1", "MUST-2"};

Findings faults(const std::string& scenario) {
  return check_scenario({"specs/a.yaml", scenario}, kIds);
}

TEST(Specs, ReadTheIdsOfACatalogue) {
  EXPECT_EQ(catalogue_ids({"c.yaml", "# id: none\n- id: MUST-1\n  slug: a\n- id: '3.4-b'  # c\n"}),
            (std::set<std::string>{"MUST-1", "3.4-b"}));
}

TEST(Specs, WantAClaimInTheFirstLine) {
  EXPECT_TRUE(faults("# A claim.\nsteps: []\n").empty());
  EXPECT_EQ(faults("steps: []\n").size(), 1U);
}

TEST(Specs, WantEveryCoveredIdInTheCatalogue) {
  EXPECT_TRUE(faults("# C.\ncovers: [MUST-1, 'MUST-2']  # why\nsteps: []\n").empty());
  EXPECT_EQ(faults("# C.\ncovers: [MUST-1, MUST-9]\n"),
            (Findings{{"specs/a.yaml", 2, "MUST-9 is not in the catalogue"}}));
  EXPECT_EQ(faults("# C.\ncovers: [MUST-1,\n  MUST-9]\nsteps:\n  - MUST-8\n").size(), 1U);
  EXPECT_EQ(faults("# C.\ncovers:\n  - MUST-9\n  - MUST-1\n").size(), 1U);
  EXPECT_EQ(faults("# C.\ncovers: MUST-9\n").size(), 1U);
}

TEST(Specs, TellScenariosFromWhatLiesBesideThem) {
  EXPECT_TRUE(is_scenario("specs/textbook/open/a.yaml"));
  for (const char* path : {"specs/catalogue/a.yaml", "specs/expected/lwip.yaml", "specs/README.md",
                           "specs/fragments/LISTEN.yaml", "specs/scenario.schema.json"}) {
    EXPECT_FALSE(is_scenario(path)) << path;
  }
}

TEST(Specs, WantAReasonAndASectionForEveryKnownDeviation) {
  const auto count = [](const std::string& text) {
    return check_expected({"e.yaml", text}).size();
  };
  EXPECT_EQ(count("# None yet.\n"), 0U);
  EXPECT_EQ(count("- scenario: a\n  reason: b\n  section: 3.4\n"), 0U);
  EXPECT_EQ(count("- scenario: a\n  reason:\n  section: 3.4\n"), 1U);
  EXPECT_EQ(count("- scenario: a\n  reason: b\n- scenario: c\n  section: 3.4\n"), 2U);
}

}  // namespace
}  // namespace tcprove::testing::tidy
