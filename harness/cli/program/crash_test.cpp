#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

/// Against lwIP, which aborts on the scenario used here.
class Crash : public Program {};

TEST_F(Crash, IsThatScenariosVerdictAndTheRunGoesOn) {
  write("none.yaml", "# No deviation is known.\n[]\n");
  const Ran ran = run(
      {"run", "textbook/segments", "--target", "lwip", "--expected", "none.yaml", "--json", "r"});
  EXPECT_EQ(ran.status, 3) << ran.error;
  EXPECT_EQ(
      count(ran.out, "\nerror         textbook/segments/mss-option-past-the-syn-harms-nothing"), 2U)
      << ran.out;
  EXPECT_EQ(count(ran.out, "\nERROR  textbook/segments/mss-option-past-the-syn-harms-nothing"), 2U);
  EXPECT_EQ(count(ran.out, "send 500 → no answer"), 2U) << "the last events are told";

  const auto json = nlohmann::json::parse(testing::read_octets(folder_ / "r"), nullptr, false);
  ASSERT_TRUE(json.is_object());
  std::size_t crashed = 0;
  for (const auto& scenario : json["scenarios"]) {
    if (scenario["verdict"] != "error") continue;
    ++crashed;
    const std::string reason = scenario["reason"];
    EXPECT_TRUE(reason.starts_with("the stack crashed: Aborted; it printed: ")) << reason;
    EXPECT_EQ(count(reason, "mss_local is too small"), 1U) << reason;
  }
  EXPECT_EQ(crashed, 2U);
  EXPECT_EQ(json["summary"]["error"], 2);
  EXPECT_GT(json["summary"]["pass"], 30);
  EXPECT_FALSE(json["summary"].contains("not_played"));
}

TEST_F(Crash, ThatIsKnownIsXfail) {
  const Ran ran = run({"run", "textbook/segments/mss-option-past", "--target", "lwip"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(count(ran.out, "2 xfail"), 1U) << ran.out;
}

}  // namespace
}  // namespace tcprove::cli
