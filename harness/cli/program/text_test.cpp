#include <algorithm>
#include <regex>

#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

class Text : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("all/fails.yaml", kFails);
    write("all/holds.yaml", kHolds);
  }

  [[nodiscard]] Ran judge_with(std::vector<std::string> environment, bool on_terminal) const {
    Start how = start({"run", "all", "--target", "reference"});
    how.environment = std::move(environment);
    how.on_terminal = on_terminal;
    return finished(how);
  }
};

bool is_ascii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

TEST_F(Text, InAPipeIsPlainLines) {
  const Ran ran = judge_with({"LC_ALL=C.UTF-8", "TERM=xterm"}, false);
  EXPECT_EQ(count(ran.out, "\x1b"), 0U);
  EXPECT_EQ(count(ran.out, "\r"), 0U);
  EXPECT_EQ(count(ran.out, "\npass  "), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "\nfail  "), 2U) << ran.out;
  EXPECT_EQ(count(ran.out, "§"), 2U) << ran.out;
}

TEST_F(Text, OnATerminalIsColouredAndShowsHowItGetsOn) {
  const Ran ran = judge_with({"LC_ALL=C.UTF-8", "TERM=xterm"}, true);
  EXPECT_EQ(ran.status, 1);
  EXPECT_GT(count(ran.out, "\x1b[31m"), 0U) << ran.out;
  EXPECT_GT(count(ran.out, " of 3 scenarios"), 0U) << ran.out;
}

TEST_F(Text, HasNoColourWithNoColor) {
  const Ran ran = judge_with({"LC_ALL=C.UTF-8", "TERM=xterm", "NO_COLOR=1"}, true);
  EXPECT_EQ(count(std::regex_replace(ran.out, std::regex("\r\x1b\\[K"), ""), "\x1b"), 0U)
      << ran.out;
  EXPECT_GT(count(judge_with({"TERM=xterm", "NO_COLOR="}, true).out, "\x1b[31m"), 0U);
}

TEST_F(Text, OnADumbTerminalIsPlain) {
  EXPECT_EQ(count(judge_with({"TERM=dumb"}, true).out, "\x1b"), 0U);
}

TEST_F(Text, IsAsciiWhereTheLocaleIs) {
  const Ran ran = judge_with({"LC_ALL=C", "LANG=en_US.UTF-8"}, false);
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(is_ascii(ran.out)) << ran.out;
  EXPECT_GT(count(ran.out, "section 3.6.1"), 0U) << ran.out;
}

TEST_F(Text, OfEveryListIsThereInBothForms) {
  for (const char* const what : {"scenarios", "targets", "requirements", "rules", "faults"}) {
    const Ran lines = run({"list", what});
    EXPECT_EQ(lines.status, 0);
    const Ran json = run({"list", what, "--json"});
    EXPECT_EQ(json.status, 0);
    const auto rows = nlohmann::json::parse(json.out, nullptr, false);
    ASSERT_TRUE(rows.is_array()) << what;
    EXPECT_GT(rows.size(), 0U);
    const bool has_id = rows[0].contains("id");
    const std::string name = has_id ? "id" : "name";
    for (const auto& row : rows) {
      EXPECT_NE(lines.out.find(row[name].get<std::string>()), std::string::npos) << row;
    }
  }
}

TEST_F(Text, OfTheSpecsHasNoMistakes) {
  const Ran all = run({"lint"});
  EXPECT_EQ(all.status, 0) << all.error;
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(run({"lint", std::string(TCPROVE_SOURCE_DIR) + "/specs"}).out, all.out);
  const auto scenarios =
      nlohmann::json::parse(run({"list", "scenarios", "--json"}).out, nullptr, false);
  EXPECT_TRUE(all.out.starts_with(std::to_string(scenarios.size()) + " scenario(s), ")) << all.out;
}

TEST_F(Text, OfTheVersionAndOfHelpGoesToStandardOutput) {
  EXPECT_EQ(count(run({"--version"}).out, "tcprove "), 1U);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--help"}, {"run", "--help"}, {"list", "--help"}}) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(count(ran.out, "Usage: "), 1U) << ran.out;
    EXPECT_EQ(ran.error, "");
  }
}

}  // namespace
}  // namespace tcprove::cli
