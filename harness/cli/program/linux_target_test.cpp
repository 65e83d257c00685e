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

TEST_F(RunningKernel, LeavesNothingBehindWhenItIsKilled) {
  Process process(start({"run", "textbook/time-wait", "--target", "linux"}));
  process.read_until("\n");
  process.signal_alone(SIGKILL);
  process.wait();
  EXPECT_TRUE(process.nothing_left());
}

}  // namespace
}  // namespace tcprove::cli
