#include <csignal>
#include <set>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;

class Fuzz : public Program {
 protected:
  static constexpr const char* kFaulty = "reference:fault=tw-one-msl";
  static constexpr const char* kScenario =
      "findings/MUST-13.time-wait-lasts-two-msl.TIME-WAIT.yaml";

  [[nodiscard]] Ran fuzz(std::vector<std::string> more, const char* target = kFaulty) const {
    more.insert(more.begin(), {"fuzz", "--target", target});
    return run(std::move(more));
  }
};

TEST_F(Fuzz, OfACorrectStackHolds) {
  const Ran ran = fuzz({"--runs", "500"}, "reference");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(count(ran.out, "\n0 new, 0 known after 500 executions; "), 1U) << ran.out;
  EXPECT_FALSE(fs::exists(folder_ / "findings"));
}

TEST_F(Fuzz, WritesScenariosThatRunReplaysToTheSameVerdict) {
  const Ran ran =
      fuzz({"--runs", "2000", "--sarif", "s.json", "--junit", "j.xml", "--markdown", "m.md"});
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_EQ(count(ran.out, "found  MUST-13.time-wait-lasts-two-msl.TIME-WAIT\n"), 1U) << ran.out;
  const Ran again = run({"run", kScenario, "--target", kFaulty});
  EXPECT_EQ(again.status, 1) << again.out << again.error;
  EXPECT_EQ(count(again.out, "violates  MUST-13"), 1U) << again.out;
  EXPECT_EQ(run({"run", kScenario, "--target", "reference"}).status, 0);
  EXPECT_EQ(run({"lint", kScenario}).status, 0);
  EXPECT_EQ(count(testing::read_octets(folder_ / "s.json"), "\"ruleId\": \"MUST-13\""), 1U);
  EXPECT_NE(count(testing::read_octets(folder_ / "j.xml"), "<failure "), 0U);
  EXPECT_NE(count(testing::read_octets(folder_ / "m.md"), "| MUST-13 |"), 0U);
}

TEST_F(Fuzz, IsGreenWhereEveryFindingIsKnown) {
  const auto entry = [](std::string_view what) {
    return "- {" + std::string(what) + ", reason: One MSL will do.}\n";
  };
  write("known.yaml", entry("rule: time-wait-lasts-two-msl, requirement: MUST-13, section: 3.6.1"));
  std::string beside;
  for (const std::string rule : {"state-follows-events", "state-moves-with-events"}) {
    beside += entry("rule: " + rule + ", requirement: 3.3.2-state-follows-events, section: 3.3.2");
  }
  write("generated/known.yaml", beside);
  const Ran ran = fuzz({"--runs", "1000", "--baseline", "known.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_EQ(count(ran.out, "found  "), 0U) << ran.out;
  write("known.yaml", "- {rule: time-wait, requirement: M, section: s, reason: r}\n");
  const Ran wrong = fuzz({"--runs", "1", "--baseline", "known.yaml"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(count(wrong.error, "known.yaml:1:"), 2U) << wrong.error;
}

TEST_F(Fuzz, OfNoTargetIsAMistake) { EXPECT_EQ(fuzz({"--runs", "1"}, "referense").status, 2); }

/// A finding is in its file before anything else is done with it.
TEST_F(Fuzz, KilledAtAnyTimeLosesNothingThatItTold) {
  Process process(start({"fuzz", "--target", kFaulty, "--time", "1h", "--corpus", "corpus"}));
  std::set<std::string> told;
  for (int findings = 0; findings < 2; ++findings) {
    process.read_until("found  ");
    const std::string line = process.read_until("\n");
    told.insert(line.substr(0, line.find('\n')));
  }
  process.signal_alone(SIGKILL);
  process.wait();
  ASSERT_FALSE(told.empty());
  for (const std::string& name : told) {
    EXPECT_EQ(run({"run", "findings/" + name + ".yaml", "--target", kFaulty}).status, 1) << name;
  }
  const Ran resumed = fuzz({"--runs", "0", "--corpus", "corpus"});
  for (const std::string& name : told) EXPECT_NE(count(resumed.out, name), 0U) << resumed.out;
}

/// The stack is made in workers alone, and the profile asked for in a process of its own.
TEST_F(Fuzz, OfAStackThatDiesWhenItIsMadeSaysSo) {
  for (const char* name : {"abort-in-open", "crash-in-open", "exit-in-open"}) {
    const std::string plugin = std::string(TCPROVE_PLUGINS) + "/" + name + ".so";
    const Ran ran = fuzz({"--runs", "10"}, plugin.c_str());
    EXPECT_EQ(ran.status, 3) << name << ran.out << ran.error;
    EXPECT_EQ(ran.error.rfind("--target: error: " + plugin, 0), 0U) << ran.error;
  }
}

/// A death costs the one execution, and is a finding.
TEST_F(Fuzz, OfAStackThatAbortsGoesOn) {
  const std::string plugin = std::string(TCPROVE_PLUGINS) + "/abort.so";
  const Ran ran = fuzz({"--runs", "200", "--baseline", "none"}, plugin.c_str());
  EXPECT_EQ(ran.status, 1) << ran.out << ran.error;
  EXPECT_NE(count(ran.out, "found  crash."), 0U) << ran.out;
  EXPECT_EQ(count(ran.out, " after 200 executions; "), 1U) << ran.out;
}

TEST_F(Fuzz, InterruptedReportsWhatItHas) {
  Process process(start({"fuzz", "--target", kFaulty, "--time", "1h", "--markdown", "summary.md"}));
  process.read_until("found  ");
  process.signal_group(SIGINT);
  process.read_all();
  EXPECT_EQ(process.wait(), 1);
  EXPECT_NE(count(testing::read_octets(folder_ / "summary.md"), "time"), 0U);
}

}  // namespace
}  // namespace tcprove::cli
