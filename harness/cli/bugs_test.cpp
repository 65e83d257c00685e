#include "harness/cli/bugs.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "harness/adapter/registry.hpp"
#include "harness/cli/played_result.hpp"
#include "harness/scenario/selection.hpp"
#include "harness/trial/judged_player.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;
using report::Verdict;

const fs::path kSpecs = fs::path(TCPROVE_SOURCE_DIR) / "specs";

class ProjectBugs : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    catalogue_.emplace(scenario::load_catalogue(kSpecs / "catalogue"));
    ASSERT_TRUE(catalogue_->ok()) << to_string(catalogue_->error());
    scenarios_.emplace(
        scenario::load_scenarios(std::vector<std::string>{kSpecs.string()},
                                 {.specs_root = kSpecs, .catalogue = &catalogue_->value()}));
    ASSERT_TRUE(scenarios_->ok()) << to_string(scenarios_->error());
    bugs_.emplace(read_bugs());
    ASSERT_TRUE(bugs_->ok()) << to_string(bugs_->error());
  }

  static const scenario::Scenario& scenario(const std::string& id) {
    const auto found = std::ranges::find(scenarios_->value(), id, &scenario::Scenario::id);
    TCPROVE_CHECK(found != scenarios_->value().end(), "a bug names a scenario that there is not");
    return *found;
  }

  /// Whether a play of `scenario` shows anything that a report would hold against the target.
  static bool speaks_against(trial::JudgedPlayer& player, const scenario::Scenario& scenario) {
    return std::ranges::any_of(scenario.instances, [&](const scenario::Instance& instance) {
      const PlayJob job{.scenario = &scenario, .instance = &instance};
      const trial::Judged judged = player.play(scenario.plan(instance), 1);
      const Verdict steps =
          result_of(job, {.outcome = judged.outcome}, catalogue_->value(), nullptr).verdict;
      if (steps == Verdict::Fail || steps == Verdict::Warn) return true;
      return std::ranges::any_of(judged.violations, [](const monitor::Violation& violation) {
        return violation.level != monitor::Level::May;
      });
    });
  }

  static inline std::optional<base::Result<scenario::Catalogue>> catalogue_;
  static inline std::optional<base::Result<std::vector<scenario::Scenario>>> scenarios_;
  static inline std::optional<base::Result<scenario::Bugs>> bugs_;
};

TEST_F(ProjectBugs, NameScenariosThatThereAreAndEveryRegression) {
  std::vector<std::string> ids;
  for (const scenario::Scenario& scenario : scenarios_->value()) ids.push_back(scenario.id);
  EXPECT_EQ(to_string(bugs_->value().unmatched(ids)), "");
}

TEST_F(ProjectBugs, AreThoseThatWereCollected) { EXPECT_EQ(bugs_->value().bugs.size(), 248U); }

/// A regression scenario that the mistake itself passes would be none.
TEST_F(ProjectBugs, ThatTheReferenceStackCanMakeAreNoticedByTheirScenarios) {
  for (const scenario::Bug& bug : bugs_->value().bugs) {
    if (bug.fault.empty() || bug.scenarios.empty()) continue;
    auto adapter = adapter::make_adapter("reference:fault=" + bug.fault);
    ASSERT_TRUE(adapter.ok()) << to_string(adapter.error());
    trial::JudgedPlayer player(*adapter.value());
    EXPECT_TRUE(std::ranges::any_of(bug.scenarios, [&](const auto& id) {
      return speaks_against(player, scenario(id.first));
    })) << bug.id;
  }
}

TEST_F(ProjectBugs, AreNotMadeByTheReferenceStack) {
  auto adapter = adapter::make_adapter("reference");
  ASSERT_TRUE(adapter.ok());
  trial::JudgedPlayer player(*adapter.value());
  for (const scenario::Bug& bug : bugs_->value().bugs) {
    for (const auto& [id, place] : bug.scenarios) {
      EXPECT_FALSE(speaks_against(player, scenario(id))) << bug.id << ": " << id;
    }
  }
}

}  // namespace
}  // namespace tcprove::cli
