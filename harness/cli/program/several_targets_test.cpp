#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kFaulty = "reference:fault=syn-not-counted-in-ack";

class SeveralTargets : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("holds.yaml", kHolds);
  }

  [[nodiscard]] Ran run_both(std::vector<std::string> more) const {
    std::vector<std::string> words{"run", "holds.yaml", "-t", "reference", "-t", kFaulty};
    words.insert(words.end(), more.begin(), more.end());
    return run(std::move(words));
  }
};

TEST_F(SeveralTargets, AreToldOneByOneAndThenSideBySide) {
  const Ran ran = run_both({});
  const std::size_t first = ran.out.find("  target reference (");
  const std::size_t second = ran.out.find(std::string("  target ") + kFaulty);
  const std::size_t matrix =
      ran.out.rfind(" requirements differ or are violated; the same on all: ");
  ASSERT_NE(matrix, std::string::npos) << ran.out;
  EXPECT_LT(first, second);
  EXPECT_LT(second, matrix);
}

TEST_F(SeveralTargets, AnswerTheWorstOfTheirStatuses) {
  EXPECT_EQ(run({"run", "holds.yaml", "-t", "reference"}).status, 0);
  EXPECT_EQ(run({"run", "holds.yaml", "-t", kFaulty}).status, 1);
  EXPECT_EQ(run_both({}).status, 1);
}

TEST_F(SeveralTargets, ShareTheirReports) {
  ASSERT_EQ(run_both({"--json", "r.json", "--junit", "r.xml", "--markdown", "r.md", "--pcap", "p"})
                .status,
            1);
  const Json json = Json::parse(testing::read_octets(folder_ / "r.json"), nullptr, false);
  ASSERT_TRUE(json.is_object());
  ASSERT_EQ(json["targets"].size(), 2U);
  EXPECT_EQ(json["targets"][0]["summary"]["pass"], 1);
  EXPECT_EQ(json["targets"][1]["summary"]["fail"], 1);
  EXPECT_EQ(json["requirements"][0]["verdicts"].size(), 2U);
  const std::string xml = testing::read_octets(folder_ / "r.xml");
  EXPECT_EQ(count(xml, "<testsuite "), 2U) << xml;
  EXPECT_EQ(count(xml, "<failure "), 1U) << xml;
  EXPECT_EQ(count(testing::read_octets(folder_ / "r.md"),
                  "| requirement | level | reference | reference\\:fault"),
            2U);
  EXPECT_TRUE(fs::exists(folder_ / "p/reference/holds.pcapng"));
  EXPECT_TRUE(fs::exists(folder_ / "p/reference_fault=syn-not-counted-in-ack/holds.pcapng"));
}

TEST_F(SeveralTargets, ArePlayedOnlyWhereAllAreThere) {
  const Ran ran = run({"run", "holds.yaml", "-t", "reference", "-t", "nothing"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  const Ran every = run({"run", "holds.yaml", "-t", "reference", "-t", "reference:fault=all"});
  EXPECT_EQ(every.status, 2);
  EXPECT_EQ(every.error, "tcprove: --target reference:fault=all stands alone\n");
}

}  // namespace
}  // namespace tcprove::cli
