#include <csignal>

#include "harness/cli/program/program_fixture.hpp"

namespace tcprove::cli {
namespace {

/// The running kernel, where it lets us make a namespace.
class RunningKernel : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    const Ran ran =
        run({"run", "textbook/segments/unknown-option-on-a-syn-is-skipped", "--target", "linux"});
    if (ran.out.find("no private network namespace") != std::string::npos ||
        ran.out.find("/dev/net/tun") != std::string::npos) {
      EXPECT_EQ(ran.status, 3);
      GTEST_SKIP() << ran.out;
    }
    EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  }
};

TEST_F(RunningKernel, IsJudgedAsAnyStack) {
  const Ran ran =
      run({"run", "textbook/segments", "textbook/window", "textbook/reset", "--target", "linux"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_NE(ran.out.find(" passed · "), std::string::npos) << ran.out;
}

/// Starts tcprove by `unshare`, with `script` before it.
Ran under(const Start& start, const std::string& script) {
  Start shell = start;
  shell.program = "/usr/bin/unshare";
  const std::vector<std::string> before{"--map-root-user", "sh", "-c",
                                        script + "\"$@\"", "sh", TCPROVE_PROGRAM};
  shell.arguments.insert(shell.arguments.begin(), before.begin(), before.end());
  Process process(shell);
  Ran ran{.status = 0, .out = process.read_all(), .error = process.error()};
  ran.status = process.wait();
  return ran;
}

TEST_F(RunningKernel, IsJudgedForWhoIsRootInAUserNamespaceAlone) {
  const Start start = this->start(
      {"run", "textbook/segments/unknown-option-on-a-syn-is-skipped", "--target", "linux"});
  if (under(start, "true || ").status != 0) GTEST_SKIP() << "no user namespaces here";
  const Ran ran = under(start, "");
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
}

TEST_F(RunningKernel, SaysWhatItTakesWhereThereAreNoNamespaces) {
  const Start start = this->start(
      {"run", "textbook/segments/unknown-option-on-a-syn-is-skipped", "--target", "linux"});
  if (under(start, "true || ").status != 0) GTEST_SKIP() << "no user namespaces here";
  const Ran ran = under(start,
                        "echo 0 >/proc/sys/user/max_net_namespaces\n"
                        "echo 0 >/proc/sys/user/max_user_namespaces\n");
  EXPECT_EQ(ran.status, 3) << ran.out;
  EXPECT_NE(
      ran.out.find(
          "no private network namespace: no more may be made (/proc/sys/user); it takes root, or "
          "a system that allows unprivileged user namespaces"),
      std::string::npos)
      << ran.out;
}

TEST_F(RunningKernel, LeavesNothingBehindWhenItIsKilled) {
  Process process(start({"run", "textbook/time-wait", "--target", "linux"}));
  process.read_until("\n");
  process.signal_alone(SIGKILL);
  process.wait();
  EXPECT_TRUE(process.nothing_left());
}

}  // namespace
}  // namespace tcprove::cli
