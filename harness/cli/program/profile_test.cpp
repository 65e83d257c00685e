#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

using Json = nlohmann::ordered_json;

/// What a run measures of the reference stack with one mistake, and of the one without.
class Profile : public Program {
 protected:
  [[nodiscard]] Json of(const std::string& fault, const std::string& selection) const {
    const std::string target = fault.empty() ? "reference" : "reference:fault=" + fault;
    const Ran ran =
        run({"run", selection, "--target", target, "--expected", "none", "--json", "out"});
    EXPECT_LE(ran.status, 1) << ran.error;
    return Json::parse(testing::read_octets(folder_ / "out"), nullptr, false)["profile"];
  }
  [[nodiscard]] Json measured(const std::string& fault, const std::string& selection,
                              const std::string& name) const {
    return of(fault, selection)["measured"][name];
  }
};

TEST_F(Profile, ChangesWithAMistakeInTheLineOfThatMistake) {
  const std::string back_off = "textbook/handshake/syn-retransmissions-back-off";
  EXPECT_EQ(measured("", back_off, "syn_timeout_ms")["most"], 1000);
  EXPECT_EQ(measured("rto-initial-too-low", back_off, "syn_timeout_ms")["most"], 200);
  EXPECT_EQ(measured("", back_off, "syn_back_off")["least"], 2);
  EXPECT_EQ(measured("no-rto-backoff", "textbook/loss", "data_back_off")["least"], 1);

  write("late.yaml",
        "# Data may be sent.\nip: 4\ngiven: ESTABLISHED\nsteps:\n  - send: ACK len=10\n"
        "  - wait: 1s\n  - state: ESTABLISHED\n");
  const std::string late = "late.yaml";
  EXPECT_EQ(measured("", late, "ack_delay_ms")["most"], 200);
  EXPECT_EQ(measured("delayed-ack-too-late", late, "ack_delay_ms")["most"], 600);

  write("two-msl.yaml",
        "# TIME-WAIT ends.\nip: 4\ngiven: TIME-WAIT\nsteps:\n  - wait: 2*msl - 1s\n"
        "  - state: TIME-WAIT\n  - wait: 2s\n  - state: CLOSED\n");
  const std::string two_msl = "two-msl.yaml";
  EXPECT_EQ(measured("", two_msl, "time_wait_at_least_ms")["most"], 239'000);
  EXPECT_EQ(measured("", two_msl, "time_wait_at_most_ms")["least"], 241'000);
}

TEST_F(Profile, TellsWhichAnswerWasChosenWhereSeveralAreRight) {
  const std::string scenario = "textbook/reset/wrong-ack-in-syn-received-opens-nothing";
  const Json choices = of("", scenario)["choices"];
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_EQ(choices[0]["scenario"], scenario);
  EXPECT_EQ(choices[0]["choice"], "RST seq=1000");
  EXPECT_EQ(choices[0]["seen"], 2);
}

TEST_F(Profile, IsOneLineOrAllOfIt) {
  write("holds.yaml", kHolds);
  const Ran line = judge({"holds.yaml"});
  EXPECT_EQ(count(line.out, "profile: MSS 1460"), 1U) << line.out;
  EXPECT_EQ(count(line.out, "(--profile tells all)"), 1U) << line.out;
  const Ran all = judge({"holds.yaml", "--profile"});
  EXPECT_EQ(count(all.out, "\n  MSS option "), 1U) << all.out;
  EXPECT_EQ(count(all.out, "--profile tells all"), 0U) << all.out;
}

TEST_F(Profile, IsTheSameHoweverManyWorkersPlay) {
  const Json one = of("", "textbook");
  ASSERT_EQ(judge({"textbook", "--jobs", "2", "--json", "out"}).status, 0);
  EXPECT_EQ(Json::parse(testing::read_octets(folder_ / "out"), nullptr, false)["profile"], one);
}

}  // namespace
}  // namespace tcprove::cli
