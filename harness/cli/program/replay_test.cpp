#include "harness/cli/program/program_fixture.hpp"

namespace tcprove::cli {
namespace {

class Replay : public Program {
 protected:
  static constexpr const char* kHandshake = "textbook/handshake/active-open-passes-syn-sent[ip=4]";
};

TEST_F(Replay, ShowsTheWholeExchangeOfWhatHeld) {
  const Ran ran = run({"replay", kHandshake, "--target", "reference"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_EQ(count(ran.out, "PASS  textbook/handshake/"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "SYN-SENT\n"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "untested"), 0U) << "no tables: " << ran.out;
}

TEST_F(Replay, PlaysAPlansOctetsToTheVerdictOfItsScenario) {
  const char* const faulty = "reference:fault=tw-one-msl";
  ASSERT_EQ(run({"fuzz", "--target", faulty, "--runs", "2000"}).status, 1);
  const std::string finding = "findings/MUST-13.time-wait-lasts-two-msl.TIME-WAIT";
  const Ran scenario = run({"replay", finding + ".yaml", "--target", faulty});
  const Ran plan = run({"replay", finding + ".plan", "--target", faulty});
  EXPECT_EQ(plan.status, 1) << plan.out << plan.error;
  EXPECT_EQ(count(plan.out, "violates  MUST-13"), 1U) << plan.out;
  const auto ladder = [](const std::string& text) {
    return text.substr(text.find("peer  "), text.find("  replay ") - text.find("peer  "));
  };
  EXPECT_EQ(ladder(plan.out), ladder(scenario.out));
  EXPECT_EQ(run({"replay", finding + ".plan", "--target", "reference"}).status, 0);
}

TEST_F(Replay, TakesAnyOctetsForAPlan) {
  write("junk.plan", std::string("\xef\xbb\xbf\x00\xff junk", 10));
  write("empty.plan", "");
  for (const char* file : {"junk.plan", "empty.plan"}) {
    const Ran ran = run({"replay", file, "--target", "reference"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  }
  const Ran none = run({"replay", "none.plan", "--target", "reference"});
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.error, "");
}

}  // namespace
}  // namespace tcprove::cli
