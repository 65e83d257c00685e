#include <csignal>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

class Signal : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("long.yaml", kLong);
  }

  [[nodiscard]] Start long_run(std::vector<std::string> more) const {
    more.insert(more.begin(),
                {"run", "long.yaml", "--target", "reference", "--json", "report.json"});
    return start(std::move(more));
  }

  void expect_partial(Process& process) const {
    const std::string rest = process.read_all();
    EXPECT_EQ(process.wait(), 3);
    EXPECT_TRUE(process.nothing_left());
    EXPECT_EQ(count(rest, " passed · 0 failed · "), 1U) << rest;
    EXPECT_EQ(count(rest, " not played in "), 1U) << rest;
    const std::string json = testing::read_octets(folder_ / "report.json");
    EXPECT_EQ(count(json, R"("not_played": )"), 1U);
  }
};

TEST_F(Signal, OfATerminalPrintsWhatIsKnownSoFar) {
  for (const char* const jobs : {"1", "2"}) {
    Process process(long_run({"--jobs", jobs}));
    process.read_until("\npass ");
    process.signal_group(SIGINT);
    expect_partial(process);
  }
}

TEST_F(Signal, OfASupervisorPrintsWhatIsKnownSoFar) {
  Process process(long_run({}));
  process.read_until("\npass ");
  process.signal_alone(SIGTERM);
  expect_partial(process);
}

TEST_F(Signal, OfAClosedPipeLeavesNothingBehind) {
  Process process(long_run({"--jobs", "2"}));
  EXPECT_EQ(count(process.read_until("\n"), "target reference"), 1U);
  process.close_output();
  EXPECT_EQ(process.wait(), -SIGPIPE);
  EXPECT_TRUE(process.nothing_left());
}

TEST_F(Signal, ThatKillsTheProgramLeavesNothingBehind) {
  Process process(long_run({"--jobs", "2"}));
  process.read_until("\npass ");
  process.signal_alone(SIGKILL);
  EXPECT_EQ(process.wait(), -SIGKILL);
  EXPECT_TRUE(process.nothing_left());
}

}  // namespace
}  // namespace tcprove::cli
