#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Keys = std::vector<std::string>;

class Report : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("fails.yaml", kFails);
    write("holds.yaml", kHolds);
  }

  /// Whatever cannot be written: what was measured is printed, exit status 3.
  void expect_told(const Ran& ran, const std::string& error) {
    EXPECT_EQ(ran.status, 3);
    EXPECT_EQ(count(ran.out, "1 passed · 2 failed in "), 1U) << ran.out;
    EXPECT_EQ(ran.error, error);
  }
};

Keys keys_of(const Json& json) {
  Keys keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

TEST_F(Report, InJsonHasTheKeysOfTheContract) {
  ASSERT_EQ(judge({"fails.yaml", "--seed", "7", "--json", "out/report.json"}).status, 1);
  const Json json = Json::parse(testing::read_octets(folder_ / "out/report.json"), nullptr, false);
  ASSERT_TRUE(json.is_object());
  EXPECT_EQ(keys_of(json), (Keys{"tool", "version", "target", "seed", "scenarios", "requirements",
                                 "state_event", "summary", "profile"}));
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["target"], "reference");
  ASSERT_EQ(json["scenarios"].size(), 2U);
  const Json& scenario = json["scenarios"][0];
  EXPECT_EQ(keys_of(scenario), (Keys{"id", "file", "verdict", "reason", "requirements",
                                     "violations", "virtual_ms", "wall_us"}));
  EXPECT_EQ(scenario["id"], "fails[ip=4]");
  EXPECT_EQ(scenario["file"], "fails.yaml");
  EXPECT_EQ(scenario["verdict"], "fail");
  ASSERT_EQ(scenario["violations"].size(), 1U);
  EXPECT_EQ(keys_of(scenario["violations"][0]),
            (Keys{"requirement", "level", "section", "rule", "message", "at_ms", "line", "file"}));
  for (const Json& requirement : json["requirements"]) {
    Keys keys = keys_of(requirement);
    std::erase(keys, "reason");
    std::erase(keys, "rules");
    EXPECT_EQ(keys, (Keys{"id", "level", "verdict"}));
  }
  EXPECT_EQ(keys_of(json["summary"]), (Keys{"pass", "fail", "warn", "inconclusive", "unsupported",
                                            "xfail", "xpass", "error", "requirements"}));
  EXPECT_EQ(json["summary"]["fail"], 2);
}

TEST_F(Report, InJUnitNamesWhatFailed) {
  ASSERT_EQ(judge({"fails.yaml", "holds.yaml", "--junit", "report.xml"}).status, 1);
  const std::string xml = testing::read_octets(folder_ / "report.xml");
  EXPECT_TRUE(xml.starts_with("<?xml ")) << xml;
  EXPECT_EQ(count(xml, "<testcase "), 3U) << xml;
  EXPECT_EQ(count(xml, "<failure "), 2U) << xml;
}

TEST_F(Report, MayGoToStandardOutput) {
  EXPECT_EQ(count(judge({"holds.yaml", "--json", "/dev/stdout"}).out, R"("tool": "tcprove")"), 1U);
}

TEST_F(Report, OnAFullDiskCostsNothingThatWasMeasured) {
  for (const char* const option : {"--json", "--junit", "--markdown", "--html"}) {
    expect_told(judge({"fails.yaml", "holds.yaml", option, "/dev/full"}),
                "tcprove: cannot write /dev/full: No space left on device\n");
  }
}

TEST_F(Report, InAFolderThatCannotBeMadeCostsNothingThatWasMeasured) {
  write("file", "old");
  for (const char* const option : {"--json", "--junit", "--markdown", "--html"}) {
    expect_told(judge({"fails.yaml", "holds.yaml", option, "file/report"}),
                "tcprove: cannot make the folder file: Not a directory\n");
  }
  expect_told(judge({"fails.yaml", "holds.yaml", "--pcap", "file"}),
              "tcprove: cannot make the folder file: Not a directory\n");
  EXPECT_EQ(testing::read_octets(folder_ / "file"), "old");
}

TEST_F(Report, ThatFailsDoesNotKeepTheOtherFromBeingWritten) {
  expect_told(judge({"fails.yaml", "holds.yaml", "--json", "/dev/full", "--junit", "report.xml"}),
              "tcprove: cannot write /dev/full: No space left on device\n");
  EXPECT_TRUE(fs::exists(folder_ / "report.xml"));
}

TEST_F(Report, OfPacketsIsAFileAScenarioAndStaysInItsFolder) {
  write("far/away.yaml", kHolds);
  write("here/now.yaml", kHolds);
  Start inside = start(
      {"run", "../far", (folder_ / "here").string(), "--target", "reference", "--pcap", "out"});
  inside.folder = folder_ / "here";
  const Ran ran = finished(inside);
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_TRUE(fs::exists(folder_ / "here/out/_/far/away.pcapng"));
  std::size_t captures = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (entry.path().extension() != ".pcapng") continue;
    ++captures;
    EXPECT_TRUE(entry.path().string().starts_with((folder_ / "here/out/").string()));
  }
  EXPECT_EQ(captures, 2U);
}

TEST_F(Report, NamesTheCommandThatReplaysAFailure) {
  write("it's a \"folder\"/$fails[1].yaml", kFails);
  const Ran first = judge({"it's a \"folder\"", "--seed", "7"});
  EXPECT_EQ(first.status, 1);
  const std::string label = "\n  replay    tcprove ";
  const std::size_t at = first.out.find(label);
  ASSERT_NE(at, std::string::npos) << first.out;
  const std::size_t begin = at + label.size();
  const std::string words = first.out.substr(begin, first.out.find('\n', begin) - begin);
  const std::string command = "cd '" + folder_.string() + "' && '" + TCPROVE_PROGRAM + "' " +
                              words + " --json again.json >/dev/null";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1) << command;
  const Json again = Json::parse(testing::read_octets(folder_ / "again.json"), nullptr, false);
  ASSERT_TRUE(again.is_object()) << command;
  EXPECT_EQ(again["seed"], 7);
  ASSERT_EQ(again["scenarios"].size(), 1U);
  EXPECT_EQ(again["scenarios"][0]["id"], "it's a \"folder\"/$fails[1][ip=4]");
  EXPECT_EQ(again["scenarios"][0]["verdict"], "fail");
}

}  // namespace
}  // namespace tcprove::cli
