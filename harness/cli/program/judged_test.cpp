#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

using Json = nlohmann::ordered_json;

/// What the monitor finds, whatever a scenario says.
class Judged : public Program {
 protected:
  /// Data that the peer sends; all that the scenario asks for holds on any stack.
  static constexpr std::string_view kData =
      "# Data may be sent.\n"
      "ip: 4\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - send: ACK len=10\n"
      "  - wait: 1s\n"
      "  - state: ESTABLISHED\n";
  static constexpr std::string_view kSlow = "reference:fault=delayed-ack-too-late";

  void SetUp() override {
    Program::SetUp();
    write("data.yaml", kData);
    write("holds.yaml", kHolds);
  }

  [[nodiscard]] Ran judge_slow(std::vector<std::string> words) const {
    words.insert(words.begin(), "run");
    words.insert(words.end(), {"--target", std::string(kSlow)});
    return run(std::move(words));
  }

  [[nodiscard]] Json json(const std::string& name) const {
    return Json::parse(testing::read_octets(folder_ / name), nullptr, false);
  }

  static std::string entry(const std::string& rule, const std::string& scenario) {
    return "- rule: " + rule + "\n" + (scenario.empty() ? "" : "  scenario: " + scenario + "\n") +
           "  requirement: MUST-40\n  section: 3.8.6.3\n  reason: It is slow.\n";
  }
};

TEST_F(Judged, AReferenceDrawsNoViolationAndNoWarning) {
  ASSERT_EQ(run({"run", "--target", "reference", "--expected", "none", "--json", "all"}).status, 0);
  const Json all = json("all");
  std::size_t scenarios = 0;
  for (const Json& scenario : all["scenarios"]) {
    // Some cells of the table cannot be reached by any exchange, and the options of RFC 5927 are
    // not taken.
    const std::string id = scenario["id"];
    const bool may_be_missing = id.starts_with("state-event/") || id.starts_with("rfc5927/");
    const bool passed = scenario["verdict"] == "pass";
    EXPECT_TRUE(passed || (may_be_missing && scenario["verdict"] == "unsupported")) << id;
    EXPECT_EQ(scenario["violations"], Json::array()) << scenario["id"];
    ++scenarios;
  }
  EXPECT_GE(scenarios, 434U);
}

TEST_F(Judged, AMustThatNoStepMentionsFailsTheScenario) {
  const Ran ran = judge_slow({"data.yaml", "holds.yaml", "--json", "out"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(count(ran.out, "1 passed · 1 failed in "), 1U) << ran.out;
  const Json scenario = json("out")["scenarios"][0];
  EXPECT_EQ(scenario["id"], "data");
  EXPECT_EQ(scenario["verdict"], "fail");
  EXPECT_TRUE(scenario["reason"].get<std::string>().starts_with("data.yaml:5: ack-within-500ms: "));
  ASSERT_EQ(scenario["violations"].size(), 1U);
  const Json& violation = scenario["violations"][0];
  EXPECT_EQ(violation["requirement"], "MUST-40");
  EXPECT_EQ(violation["rule"], "ack-within-500ms");
  EXPECT_EQ(violation["file"], "data.yaml");
  EXPECT_EQ(violation["line"], 5);
  // The ladder shows what led there.
  EXPECT_EQ(count(ran.out, "│─── ACK seq=1 ack=1 len=10 "), 1U) << ran.out;
}

TEST_F(Judged, ADeviationByRuleIsExcused) {
  write("known.yaml", entry("ack-within-500ms", ""));
  const Ran ran = judge_slow({"data.yaml", "holds.yaml", "--expected", "known.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(count(ran.out, "1 passed · 1 xfail · 0 failed in "), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "MUST-40 (3.8.6.3): It is slow."), 2U) << ran.out;

  write("other.yaml", entry("ack-within-500ms", "holds"));
  EXPECT_EQ(judge_slow({"data.yaml", "--expected", "other.yaml"}).status, 1);
}

TEST_F(Judged, ADeviationByRuleThatIsGoneTurnsTheRunRed) {
  write("known.yaml", entry("ack-within-500ms", "textbook/data/worked-example"));
  const std::vector<std::string> rest{"--expected", "known.yaml", "--target",
                                      "reference",  "--json",     "out"};
  const auto run_of = [&](const std::string& selection) {
    std::vector<std::string> words{"run", selection};
    words.insert(words.end(), rest.begin(), rest.end());
    return run(words);
  };
  const Ran gone = run_of("textbook/data");
  EXPECT_EQ(gone.status, 1);
  EXPECT_EQ(count(gone.out, "stale  known.yaml:1: the rule ack-within-500ms"), 1U) << gone.out;
  EXPECT_EQ(count(gone.out, " · 0 failed · 1 stale in "), 1U) << gone.out;
  EXPECT_EQ(json("out")["stale"].size(), 1U);

  // A part of what it speaks of, and another scenario, prove nothing.
  EXPECT_EQ(run_of("textbook/data/worked-example[ip=4]").status, 0);
  EXPECT_EQ(run_of("textbook/data/acknowledg").status, 0);
}

TEST_F(Judged, ADeviationByRuleAloneIsStaleOnlyByARunOfEverything) {
  write("known.yaml", entry("ack-within-500ms", ""));
  EXPECT_EQ(judge({"textbook/data", "--expected", "known.yaml"}).status, 0);
  EXPECT_EQ(judge({"--expected", "known.yaml"}).status, 1);
}

TEST_F(Judged, AnUnknownRuleIsAMistakeWithItsPlace) {
  write("known.yaml", entry("ack-within-5000ms", ""));
  const Ran ran = judge({"data.yaml", "--expected", "known.yaml"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.error,
            "known.yaml:1:9: error: the monitor has no rule \"ack-within-5000ms\"; did you mean "
            "\"ack-within-500ms\"?\n"
            "    1 | - rule: ack-within-5000ms\n"
            "      |         ^~~~~~~~~~~~~~~~~\n");
}

TEST_F(Judged, LintKnowsTheRulesThatDeviationsName) {
  std::filesystem::copy(std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs", folder_ / "specs",
                        std::filesystem::copy_options::recursive);
  EXPECT_EQ(run({"lint"}).status, 0);
  write("specs/expected/reference.yaml", entry("ack-with-500ms", ""));
  const Ran ran = run({"lint"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(count(ran.error, "specs/expected/reference.yaml:1:9: error: the monitor has no rule"),
            1U)
      << ran.error;
}

TEST_F(Judged, LintReadsWhatGeneratedPlansShowToo) {
  std::filesystem::copy(std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs", folder_ / "specs",
                        std::filesystem::copy_options::recursive);
  const std::string entry_of_its_own = entry("ack-within-500ms", "");
  const std::string behind = ", section: 3.8.6.3, reason: It was seen.}\n";
  const std::map<std::string, std::string> mistakes{
      {entry("ack-with-500ms", ""), ":1:9: error: the monitor has no rule \"ack-with-500ms\""},
      {"- {death: boom, requirement: MUST-400" + behind,
       ":1:30: error: the catalogue has no requirement \"MUST-400\""},
      {entry_of_its_own + entry_of_its_own,
       ":5:3: error: \"ack-within-500ms\" of MUST-40 is listed in line 1 already"},
      {"- {rule: ack-within-500ms, scenario: textbook, requirement: MUST-40" + behind,
       ":1:3: error: what generated plans show is listed by rule or by death, and names no"},
      {"- rule: ack-within-500ms\n", ":1:3: error: a deviation needs the key \"requirement\""},
  };
  for (const auto& [text, told] : mistakes) {
    write("specs/expected/generated/reference.yaml", text);
    const Ran ran = run({"lint"});
    EXPECT_EQ(ran.status, 2) << text;
    EXPECT_EQ(count(ran.error, "specs/expected/generated/reference.yaml" + told), 1U) << ran.error;
  }
  write("specs/expected/generated/reference.yaml", entry_of_its_own);
  EXPECT_EQ(run({"lint"}).status, 0);
  write("specs/expected/reference.yaml", "# A comment.\n" + entry_of_its_own);
  const Ran both = run({"lint"});
  EXPECT_EQ(both.status, 2);
  EXPECT_EQ(count(both.error,
                  "specs/expected/generated/reference.yaml:1:3: error: "
                  "\"ack-within-500ms\" of MUST-40 is listed in "),
            1U)
      << both.error;
}

}  // namespace
}  // namespace tcprove::cli
