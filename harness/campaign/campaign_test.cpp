#include "harness/campaign/campaign.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>

#include "harness/adapter/registry.hpp"
#include "harness/campaign/replay.hpp"

namespace tcprove::campaign {
namespace {

namespace fs = std::filesystem;

class CampaignRun : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "campaign-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] Settings settings(const std::string& target, std::uint64_t runs) const {
    return {.target = target,
            .offered = adapter::make_adapter(target).value()->profile().capabilities,
            .workers = 2,
            .seed = 1,
            .runs = runs,
            .out = folder_ / "out"};
  }

  static Outcome run(const Settings& settings) {
    const auto never = [] { return false; };
    return run_campaign(settings, {.found = [](const auto&) {},
                                   .round = [](const auto&) {},
                                   .out_of_time = never,
                                   .interrupted = never});
  }

  [[nodiscard]] std::map<std::string, std::string> files(const char* folder) const {
    std::map<std::string, std::string> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_ / folder, error)) {
      std::ifstream file(entry.path(), std::ios::binary);
      files[entry.path().filename().string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return files;
  }

  fs::path folder_;
};

constexpr const char* kFaulty = "reference:fault=tw-one-msl";
constexpr const char* kName = "MUST-13.time-wait-lasts-two-msl.TIME-WAIT";

TEST_F(CampaignRun, FindsNothingInACorrectStack) {
  const Outcome outcome = run(settings("reference", 1000));
  EXPECT_EQ(outcome.error, "");
  EXPECT_TRUE(outcome.result.findings.empty());
  EXPECT_EQ(outcome.result.executions, 1000U);
  EXPECT_GT(outcome.result.answered.count(), 100U);
  EXPECT_TRUE(files("out").empty());
}

TEST_F(CampaignRun, WritesAScenarioThatShowsItsFindingAgain) {
  const Outcome outcome = run(settings(kFaulty, 2000));
  const auto& findings = outcome.result.findings;
  const auto found = std::ranges::find(findings, kName, &report::CampaignFinding::name);
  ASSERT_NE(found, findings.end());
  EXPECT_TRUE(found->replays);
  const auto written = files("out");
  for (const char* ending : {".plan", ".yaml", ".txt", ".pcapng"}) {
    EXPECT_TRUE(written.contains(kName + std::string(ending))) << ending;
  }
  const Replay again =
      replay(kFaulty, written.at(kName + std::string(".yaml")), std::chrono::seconds(10));
  const FindingKind kind{
      .requirement = found->requirement, .rule = found->rule, .state = found->state};
  EXPECT_NE(again.find(kind), nullptr);
  EXPECT_EQ(replay("reference", written.at(kName + std::string(".yaml")), std::chrono::seconds(10))
                .find(kind),
            nullptr)
      << "a stack without the fault shows nothing";
}

/// The plug-in sends what it is asked to send as urgent data, and does not claim to. What a stack
/// shows by a call alone that it does not offer stays as it was found, and says so.
TEST_F(CampaignRun, WritesScenariosThatAStackWithoutUrgentDataCanBePlayedWith) {
  const Outcome outcome = run(settings(TCPROVE_TOY, 6000));
  EXPECT_GE(outcome.result.findings.size(), 20U);
  std::size_t short_ones = 0;
  for (const report::CampaignFinding& found : outcome.result.findings) {
    const FindingKind kind{
        .requirement = found.requirement, .rule = found.rule, .state = found.state};
    const std::string scenario = files("out").at(found.name + ".yaml");
    const Replay again = replay(TCPROVE_TOY, scenario, std::chrono::seconds(10));
    EXPECT_EQ(again.find(kind) != nullptr, found.replays) << found.name << "\n" << scenario;
    EXPECT_EQ(found.shortened, found.replays) << found.name << "\n" << scenario;
    short_ones += found.shortened ? 1 : 0;
  }
  EXPECT_GE(10 * short_ones, 9 * outcome.result.findings.size());
}

TEST_F(CampaignRun, FindsTheSameHoweverManyWorkersThereAre) {
  Settings one = settings(kFaulty, 1500);
  one.workers = 1;
  one.out = folder_ / "one";
  Settings three = settings(kFaulty, 1500);
  three.workers = 3;
  three.out = folder_ / "three";
  run(one);
  run(three);
  const auto first = files("one");
  auto second = files("three");
  EXPECT_GE(first.size(), 4U);
  for (const auto& [name, octets] : first) {
    if (name.ends_with(".txt")) second[name] = octets;  // It names the folder.
  }
  EXPECT_EQ(first, second);
}

TEST_F(CampaignRun, GoesOnWithWhatAKilledOneLeft) {
  run(settings(kFaulty, 2000));
  const auto whole = files("out");
  // As if it had been killed as soon as the plan was written.
  for (const auto& [name, octets] : whole) {
    if (!name.ends_with(".plan")) fs::remove(folder_ / "out" / name);
  }
  const Outcome outcome = run(settings(kFaulty, 0));
  EXPECT_FALSE(outcome.result.findings.empty());
  for (const report::CampaignFinding& finding : outcome.result.findings) {
    EXPECT_TRUE(finding.replays) << finding.name;
  }
  // A plan that shows two findings may be written down for the other one now.
  const auto names = [](const auto& files) {
    std::vector<std::string> all;
    for (const auto& [name, octets] : files) all.push_back(name);
    return all;
  };
  EXPECT_EQ(names(files("out")), names(whole));
}

TEST_F(CampaignRun, TellsWhatIsKnownAndWritesNothingOfIt) {
  std::ofstream(folder_ / "known.yaml")
      << "- {rule: time-wait-lasts-two-msl, requirement: MUST-13, section: 3.6.1, reason: Old.}\n";
  auto list = scenario::load_expected(folder_ / "known.yaml", nullptr);
  ASSERT_TRUE(list.ok());
  Settings excused = settings(kFaulty, 2000);
  excused.known = KnownFindings({list.value()});
  const Outcome outcome = run(excused);
  const auto& findings = outcome.result.findings;
  const auto found = std::ranges::find(findings, kName, &report::CampaignFinding::name);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->known_reason, "Old.");
  EXPECT_FALSE(files("out").contains(kName + std::string(".yaml")));
}

TEST_F(CampaignRun, GrowsAndMinimizesItsCorpus) {
  Settings growing = settings("reference", 1000);
  growing.corpus = folder_ / "corpus";
  const Outcome first = run(growing);
  const std::size_t grown = files("corpus").size();
  EXPECT_GT(grown, 20U);
  growing.runs = 0;
  const Outcome again = run(growing);
  EXPECT_EQ(again.result.answered, first.result.answered) << "nothing is lost";
  EXPECT_LT(files("corpus").size(), grown);
}

}  // namespace
}  // namespace tcprove::campaign
