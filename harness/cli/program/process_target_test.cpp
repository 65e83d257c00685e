#include <csignal>
#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

/// Stacks in a child process: the tiny TCP of the example, with what a test puts before it.
class ChildProcess : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    if (std::system("python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'") != 0) {
      GTEST_SKIP() << "no Python 3.9";
    }
    write("a.yaml", kCloses);
    write("b.yaml", kHolds);
  }

  /// `before`: a command that sees what is asked before the stack does, and a pipe.
  static std::string tiny(std::string_view before = "") {
    return fmt::format("exec:{}python3 '{}/harness/adapter/process/example/tiny_adapter.py'",
                       before, TCPROVE_SOURCE_DIR);
  }

  nlohmann::json report() const {
    return nlohmann::json::parse(testing::read_octets(folder_ / "r"), nullptr, false);
  }

  /// The first scenario is lost, with that reason, and the second is not.
  void expect_one_lost(std::string_view before, const std::string& reason) {
    Process process(start({"run", "a.yaml", "b.yaml", "--target", tiny(before), "--json", "r"}));
    process.read_all();
    EXPECT_EQ(process.wait(), 3) << process.error();
    EXPECT_TRUE(process.nothing_left());
    const nlohmann::json json = report();
    ASSERT_TRUE(json.is_object());
    EXPECT_EQ(json["scenarios"][0]["verdict"], "error");
    const std::string told = json["scenarios"][0]["reason"];
    EXPECT_TRUE(told.starts_with(reason)) << told;
    EXPECT_EQ(json["scenarios"][1]["verdict"], "pass") << json["scenarios"][1].dump();
  }
};

TEST_F(ChildProcess, IsJudgedAsAnyStack) {
  const Ran ran = run({"run", "a.yaml", "b.yaml", "--target", tiny()});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
}

TEST_F(ChildProcess, ThatEndsCostsOneScenario) {
  expect_one_lost("sed -u '/\"method\":\"close\"/Q' | ", "close: the child ended with status 0");
}

/// The shell of a pipe waits for all of it, so that the end of one part is not seen.
TEST_F(ChildProcess, ThatDiesInAPipeCostsOneScenarioAndTellsWhatItPrinted) {
  expect_one_lost("sed -u '/\"method\":\"close\"/s/.*/no request/' | ",
                  "close: the child hung: no answer after 5000 ms; it printed: ");
}

TEST_F(ChildProcess, ThatAnswersAnotherRequestCostsOneScenario) {
  expect_one_lost("sed -u '/\"method\":\"close\"/s/\"id\":[0-9]*/\"id\":1/' | ",
                  "close: the child answered out of turn: request ");
}

TEST_F(ChildProcess, ThatHangsCostsOneScenario) {
  expect_one_lost("sed -u '/\"method\":\"close\"/d' | ",
                  "close: the child hung: no answer after 5000 ms");
}

TEST_F(ChildProcess, ThatDoesNotIntroduceItselfIsToldWithItsCommand) {
  const Ran ran = run({"run", "a.yaml", "--target", "exec:echo hello; cat >/dev/null"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(ran.error,
            "--target: error: exec:echo hello; cat >/dev/null: hello: the child's answer is no "
            "JSON-RPC 2.0: hello\n");
  EXPECT_EQ(run({"run", "a.yaml", "--target", "exec:"}).status, 2);
}

TEST_F(ChildProcess, GoesWithTheProgramThatIsKilled) {
  write("mute.sh", "echo asked >>asked; cat >/dev/null\n");
  Process process(start({"run", "a.yaml", "--target", "exec:sh mute.sh"}));
  while (!std::filesystem::exists(folder_ / "asked")) {
  }
  process.signal_alone(SIGKILL);
  EXPECT_EQ(process.wait(), -SIGKILL);
  EXPECT_TRUE(process.nothing_left());
}

TEST_F(ChildProcess, IsSmoked) {
  const Ran ran = run({"smoke", "--target", tiny()});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_EQ(count(ran.out, "\n19 work · 0 broken · "), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, " missing · 0 unclaimed · 0 untried\n"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "\nmissing    active-open "), 1U);
  const Ran broken = run({"smoke", "--target", tiny("sed -u '/\"method\":\"close\"/Q' | ")});
  EXPECT_EQ(broken.status, 1) << broken.out;
  EXPECT_EQ(count(broken.out, "\nbroken     user-close "), 1U) << broken.out;
  EXPECT_EQ(count(broken.out, "\nnext: user-close: "), 1U) << broken.out;
  EXPECT_EQ(run({"smoke", "--target", "exec:false"}).status, 3);
}

}  // namespace
}  // namespace tcprove::cli
