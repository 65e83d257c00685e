#include "harness/cli/program/program_fixture.hpp"

namespace tcprove::cli {
namespace {

class Status : public Program {};

TEST_F(Status, IsZeroWhereAllHeld) {
  write("holds.yaml", kHolds);
  const Ran ran = judge({"holds.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(count(ran.out, "pass          holds (0.00s)\n"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "1 passed · 0 failed in "), 1U) << ran.out;
  EXPECT_EQ(ran.error, "");
}

TEST_F(Status, IsOneWhereARequirementWasViolated) {
  write("fails.yaml", kFails);
  write("holds.yaml", kHolds);
  const Ran ran = judge({"fails.yaml", "holds.yaml"});
  EXPECT_EQ(ran.status, 1) << ran.error;
  EXPECT_EQ(count(ran.out, "fails.yaml:7: expected ESTABLISHED; got CLOSE-WAIT"), 2U) << ran.out;
  EXPECT_EQ(count(ran.out, "1 passed · 2 failed in "), 1U) << ran.out;
}

TEST_F(Status, IsZeroWhereADeviationIsKnownAndOneWhereItIsGone) {
  const std::string entry = "\n  requirement: MUST-13\n  section: 3.6.1\n  reason: It was seen.\n";
  write("fails.yaml", kFails);
  write("holds.yaml", kHolds);
  write("known.yaml", "- scenario: fails" + entry);
  const Ran known = judge({"fails.yaml", "--expected", "known.yaml"});
  EXPECT_EQ(known.status, 0) << known.error;
  EXPECT_EQ(count(known.out, "2 xfail"), 1U) << known.out;

  write("gone.yaml", "- scenario: holds" + entry);
  const Ran gone = judge({"holds.yaml", "--expected", "gone.yaml"});
  EXPECT_EQ(gone.status, 1) << gone.error;
  EXPECT_EQ(count(gone.out, "XPASS  holds\n"), 1U) << gone.out;
}

TEST_F(Status, OfAWarningIsOneWhereTheRunIsStrict) {
  std::string should(kFails);
  should.replace(should.find("MUST-13"), 7, "SHLD-2");
  write("warns.yaml", should);
  EXPECT_EQ(judge({"warns.yaml"}).status, 0);
  EXPECT_EQ(judge({"warns.yaml", "--strict"}).status, 1);
}

TEST_F(Status, IsTwoForWrongUse) {
  const std::vector<std::vector<std::string>> wrong{
      {},
      {"rnu"},
      {"run"},
      {"run", "--target", "lwpi"},
      {"run", "--tarfet", "lwip"},
      {"run", "--target", "reference", "nosuch"},
      {"run", "--target", "reference", "--jobs", "0"},
      {"run", "--target", "reference", "--seed", "-1"},
      {"list", "stacks"},
      {"lint", "nosuch"}};
  for (const auto& words : wrong) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 2) << ::testing::PrintToString(words);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.error, "");
  }
}

TEST_F(Status, IsTwoForWhatIsNotThereAndNamesTheNearest) {
  EXPECT_EQ(run({"run", "--target", "refrence"}).error,
            "--target: error: unknown target \"refrence\"; did you mean \"reference\"?\n");
  EXPECT_EQ(judge({"textbook/handshke"}).error,
            "textbook/handshke: error: no scenario matches this; did you mean "
            "\"textbook/handshake\"?\n");
}

TEST_F(Status, IsThreeWhereTextCouldNotBePrinted) {
  write("holds.yaml", kHolds);
  const std::string program = TCPROVE_PROGRAM;
  for (const std::string words :
       {"list requirements", "list targets --json", "list bugs", "lint holds.yaml", "--help",
        "run holds.yaml --target reference"}) {
    const std::string command =
        "cd '" + folder_.string() + "' && '" + program + "' " + words + " >/dev/full 2>error";
    const int status = std::system(command.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 3) << words;
  }
}

TEST_F(Status, IsTwoWhereNotEvenTheMistakeCouldBePrinted) {
  const std::string program = TCPROVE_PROGRAM;
  EXPECT_EQ(WEXITSTATUS(std::system(("'" + program + "' bogus 2>/dev/full").c_str())), 2);
}

}  // namespace
}  // namespace tcprove::cli
