#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

using Json = nlohmann::ordered_json;

/// Scenarios played under other numbers, other clocks and in batches.
class Matrix : public Program {
 protected:
  static constexpr std::string_view kData =
      "# Data reaches the user.\n"
      "ip: 4\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - send: ACK seq=1 ack=1 len=20\n"
      "  - receive: 20\n";
  static constexpr std::string_view kRetransmitted =
      "# Lost data is sent again after the timeout.\n"
      "ip: 4\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - call: send 10\n"
      "  - expect: ACK seq=1 ack=1 len=10\n"
      "  - expect: nothing for rto/2\n";
  static constexpr std::string_view kOwnNumbers =
      "# Both sides begin where the scenario says.\n"
      "ip: 4\n"
      "iss: {stack: 5, peer: 4294967290}\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - state: ESTABLISHED\n";

  void SetUp() override {
    Program::SetUp();
    write("data.yaml", kData);
    write("lost.yaml", kRetransmitted);
    write("own.yaml", kOwnNumbers);
  }

  [[nodiscard]] Ran matrix(const std::string& target, std::vector<std::string> words) const {
    words.insert(words.begin(), {"run", "--matrix", "--target", target, "--json", "out"});
    return run(std::move(words));
  }
  [[nodiscard]] Json json() const {
    return Json::parse(testing::read_octets(folder_ / "out"), nullptr, false)["matrix"];
  }
};

TEST_F(Matrix, HoldsWhereNoVerdictDependsOnARow) {
  const Ran ran = matrix("reference", {"data.yaml", "lost.yaml", "own.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(count(ran.out, "no verdict depends on a row"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "and 63 more alike"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "left out  1 in 64 rows: sets the peer's ISS itself"), 1U) << ran.out;
  const Json all = json();
  ASSERT_EQ(all["rows"].size(), 67U);
  EXPECT_EQ(all["rows"][0]["options"], "--iss-peer 0x0 --iss-stack 0x0");
  EXPECT_EQ(all["rows"][0]["summary"]["pass"], 2);
  EXPECT_EQ(all["rows"][0]["left_out"]["sets the peer's ISS itself"], 1);
  EXPECT_EQ(all["rows"][64]["options"], "--clock-ms 2147483548");
  EXPECT_EQ(all["rows"][64]["summary"]["pass"], 3);
  EXPECT_EQ(all["differences"], Json::array());
}

TEST_F(Matrix, FindsWhatShowsOnlyNearTheWrapAndTellsHowToPlayIt) {
  const Ran ran = matrix("reference:fault=seq-cmp-unsigned", {"data.yaml"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(count(ran.out, "1 passed · 0 failed in "), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "differs  data  in 8 rows, the first:\n"), 1U) << ran.out;
  const std::string command =
      "tcprove run data.yaml --target reference:fault=seq-cmp-unsigned --seed 1 "
      "--iss-peer 0xfffffff0 --iss-stack 0x0\n";
  EXPECT_EQ(count(ran.out, command), 1U) << ran.out;
  const Json difference = json()["differences"][0];
  EXPECT_EQ(difference["id"], "data");
  EXPECT_EQ(difference["as_written"], "pass");
  EXPECT_EQ(difference["verdict"], "fail");
  EXPECT_EQ(difference["options"], "--iss-peer 0xfffffff0 --iss-stack 0x0");

  const Ran alone = run({"run", "data.yaml", "--target", "reference:fault=seq-cmp-unsigned",
                         "--iss-peer", "0xfffffff0", "--iss-stack", "0x0"});
  EXPECT_EQ(alone.status, 1);
  EXPECT_EQ(count(alone.out, " 1 failed in "), 1U) << alone.out;
  EXPECT_EQ(count(alone.out, command), 1U) << "the document says how to play it";
}

TEST_F(Matrix, FindsWhatShowsOnlyWhenTheClockChangesItsSign) {
  const Ran ran = matrix("reference:fault=deadline-sign", {"lost.yaml"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(count(ran.out, "differs  lost\n"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "--seed 1 --clock-ms 2147483548\n"), 1U) << ran.out;
  EXPECT_EQ(json()["differences"].size(), 1U);
}

TEST_F(Matrix, ADeviationThatIsKnownOfARowExplainsADifferenceThere) {
  const auto known = [&](const std::string& row) {
    const std::string reason = "  row: " + row + "\n  reason: Deadlines are signed.\n";
    write("known.yaml",
          "- scenario: lost\n  requirement: MUST-13\n  section: 3.6.1\n" + reason +
              "- rule: timeout-is-at-least-a-second\n  requirement: RFC6298-3\n  section: '2.4'\n" +
              reason + "- rule: data-is-not-given-up\n  requirement: SHLD-11\n  section: 3.8.3\n" +
              reason);
    return matrix("reference:fault=deadline-sign", {"lost.yaml", "--expected", "known.yaml"});
  };
  const Ran explained = known("--clock-ms 2147483548");
  EXPECT_EQ(explained.status, 0) << explained.out;
  EXPECT_EQ(json()["rows"][64]["summary"]["xfail"], 1);
  EXPECT_EQ(known("--clock-ms 4294967196").status, 1) << "and there it is not so";
  EXPECT_EQ(json()["differences"].size(), 2U);
  const Ran unknown = known("--clock-ms 7");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(count(unknown.error, "known.yaml:1:3: error: the matrix has no row \"--clock-ms 7\""),
            1U)
      << unknown.error;
}

TEST_F(Matrix, IsTheSameHoweverManyWorkersPlay) {
  const std::vector<std::string> words{"data.yaml", "lost.yaml", "own.yaml"};
  EXPECT_EQ(matrix("reference:fault=seq-cmp-unsigned", words).status, 1);
  const Json one = json();
  std::vector<std::string> two = words;
  two.insert(two.end(), {"--jobs", "2"});
  EXPECT_EQ(matrix("reference:fault=seq-cmp-unsigned", two).status, 1);
  EXPECT_EQ(json(), one);
  EXPECT_GE(one["differences"].size(), 8U);
}

TEST_F(Matrix, OfFaultAllOrOfOneRowIsAMistake) {
  EXPECT_EQ(run({"run", "--matrix", "--target", "reference:fault=all"}).status, 2);
  const Ran both = judge({"data.yaml", "--matrix", "--batch"});
  EXPECT_EQ(both.status, 2);
  EXPECT_EQ(count(both.error, "--matrix plays every row"), 1U) << both.error;
  EXPECT_EQ(judge({"data.yaml", "--iss-peer", "4294967296"}).status, 2);
  EXPECT_EQ(judge({"data.yaml", "--iss-peer", "-1"}).status, 2);
  EXPECT_EQ(judge({"data.yaml", "--iss-peer", "0x"}).status, 2);
  EXPECT_EQ(judge({"data.yaml", "--iss-peer", "0xffffffff"}).status, 0);
}

TEST_F(Matrix, ARowAloneLeavesOutWhatTheMatrixLeavesOut) {
  const Ran ran = judge({"own.yaml", "data.yaml", "--iss-peer", "1"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(count(ran.out, "sets the peer's ISS itself"), 2U) << ran.out;
  EXPECT_EQ(count(ran.out, "1 passed · 0 failed · 1 unsupported"), 1U) << ran.out;
}

}  // namespace
}  // namespace tcprove::cli
