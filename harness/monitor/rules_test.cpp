#include "harness/monitor/rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/monitor/ladder_notation.hpp"
#include "harness/monitor/monitor.hpp"

namespace tcprove::monitor {
namespace {

struct LadderFile {
  std::string name;
  Ladder ladder;
};

std::vector<LadderFile> ladders_in(const std::string& folder) {
  std::vector<LadderFile> files;
  const std::filesystem::path path = std::filesystem::path(TCPROVE_SOURCE_DIR) / folder;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.path().extension() != ".ladder") continue;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    files.push_back({entry.path().stem().string(), parse_ladder(text.str())});
  }
  std::ranges::sort(files, {}, &LadderFile::name);
  return files;
}

std::string words_of(const std::vector<Violation>& violations) {
  std::string words;
  for (const Violation& v : violations) {
    words += base::to_string(v.at.time_since_epoch()) + " " + v.rule + ": " + v.message + "\n";
  }
  return words;
}

TEST(Monitor, IsSilentOnEveryLegalVariant) {
  const std::vector<LadderFile> files = ladders_in("corpus/legal");
  EXPECT_GE(files.size(), 60U);
  for (const LadderFile& file : files) {
    SCOPED_TRACE(file.name);
    ASSERT_EQ(file.ladder.error, std::nullopt);
    EXPECT_FALSE(file.ladder.claim.empty());
    EXPECT_EQ(words_of(judge(file.ladder.trace, file.ladder.facts)), "");
  }
}

TEST(Rules, ABadTraceTripsItsRuleAndNoOther) {
  for (const LadderFile& file : ladders_in("harness/monitor/rules")) {
    SCOPED_TRACE(file.name);
    ASSERT_EQ(file.ladder.error, std::nullopt);
    const std::vector<Violation> violations = judge(file.ladder.trace, file.ladder.facts);
    std::set<std::string> tripped;
    for (const Violation& v : violations) tripped.insert(v.rule);
    EXPECT_EQ(tripped, std::set<std::string>{file.ladder.trips}) << words_of(violations);
  }
}

TEST(Rules, EachHasABadTrace) {
  std::set<std::string> tripped;
  for (const LadderFile& file : ladders_in("harness/monitor/rules")) {
    tripped.insert(file.ladder.trips);
  }
  for (const Rule& rule : all_rules())
    EXPECT_TRUE(tripped.contains(std::string(rule.name))) << rule.name;
  EXPECT_EQ(tripped.size(), all_rules().size());
}

TEST(Rules, ThoseOfAHookStandTogether) {
  std::size_t count = 0;
  for (std::size_t hook = 0; hook < kHookCount; ++hook) {
    for (const Rule& rule : rules_of(static_cast<Hook>(hook))) {
      EXPECT_EQ(&rule, &all_rules()[count++]);
      EXPECT_EQ(rule.hook, static_cast<Hook>(hook)) << rule.name;
    }
  }
  EXPECT_EQ(count, all_rules().size());
}

TEST(Rules, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const Rule& rule : all_rules()) EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
}

}  // namespace
}  // namespace tcprove::monitor
