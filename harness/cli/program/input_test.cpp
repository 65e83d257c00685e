#include <sys/stat.h>

#include "harness/cli/program/program_fixture.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;

class Input : public Program {
 protected:
  /// What a run of the file `name` prints on standard error; empty where it was not refused.
  [[nodiscard]] std::string refusal(const std::string& name) const {
    const Ran ran = judge({name});
    return ran.status == 2 && ran.out.empty() ? ran.error : "";
  }
};

TEST_F(Input, ThatIsWrongIsToldWholeWithItsPlaces) {
  write("bad.yaml",
        "# Wrong.\nstep: 1\ncovers: [MUST-999]\nsteps:\n  - sned: ACK\n  - state: ESTABLISHD\n");
  const std::string told =
      "bad.yaml:2:1: error: a scenario has no key \"step\"; did you mean \"steps\"?\n"
      "    2 | step: 1\n"
      "      | ^~~~\n"
      "bad.yaml:3:10: error: the catalogue has no requirement \"MUST-999\"; did you mean "
      "\"MUST-19\"?\n"
      "    3 | covers: [MUST-999]\n"
      "      |          ^~~~~~~~\n"
      "bad.yaml:5:5: error: a step has no key \"sned\"; did you mean \"send\"?\n"
      "    5 |   - sned: ACK\n"
      "      |     ^~~~\n"
      "bad.yaml:6:12: error: there is no state \"ESTABLISHD\"; did you mean \"ESTABLISHED\"?\n"
      "    6 |   - state: ESTABLISHD\n"
      "      |            ^~~~~~~~~~\n";
  EXPECT_EQ(refusal("bad.yaml"), told);
  EXPECT_EQ(run({"lint", "bad.yaml"}).error, told);
}

TEST_F(Input, ThatIsWrongInSeveralFilesIsToldOfAll) {
  write("a/one.yaml", "# One.\nstep: 1\n");
  write("a/two.yaml", "# Two.\nstesp: 1\n");
  const std::string told = refusal("a");
  EXPECT_NE(told.find("a/one.yaml:2:1: error: "), std::string::npos) << told;
  EXPECT_NE(told.find("a/two.yaml:2:1: error: "), std::string::npos) << told;
}

TEST_F(Input, ThatIsNoPlainFileIsRefused) {
  fs::create_directory(folder_ / "folder.yaml");
  fs::create_symlink("nowhere", folder_ / "dangling.yaml");
  fs::create_symlink("loop.yaml", folder_ / "loop.yaml");
  ASSERT_EQ(mkfifo((folder_ / "fifo.yaml").c_str(), 0600), 0);
  EXPECT_EQ(refusal("folder.yaml"), "folder.yaml: error: there is no scenario below this\n");
  EXPECT_EQ(refusal("fifo.yaml"), "fifo.yaml: error: this is not a plain file\n");
  EXPECT_EQ(refusal("/dev/zero"), "/dev/zero: error: this is not a plain file\n");
  EXPECT_NE(refusal("dangling.yaml"), "");
  EXPECT_NE(refusal("loop.yaml"), "");
  const std::string all = refusal(".");
  for (const char* const name : {"fifo.yaml", "dangling.yaml", "loop.yaml"}) {
    EXPECT_NE(all.find(name), std::string::npos) << all;
  }
}

TEST_F(Input, ThatIsJunkOrHugeIsRefused) {
  write("junk.yaml", std::string("\x7f"
                                 "ELF\x02\x01\xff\x00\xfe",
                                 9));
  write("nul.yaml", std::string("# A claim.\nsteps:\0\n", 19));
  write("huge.yaml", std::string(300'000, '#'));
  write("empty.yaml", "");
  EXPECT_NE(refusal("junk.yaml"), "");
  EXPECT_NE(refusal("nul.yaml"), "");
  EXPECT_NE(refusal("empty.yaml"), "");
  EXPECT_EQ(refusal("huge.yaml"), "huge.yaml: error: the file is longer than 256 KiB\n");
}

TEST_F(Input, ThatIsABombIsRefusedAtOnce) {
  std::string laughs = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (char c = 'b'; c < 'z'; ++c) {
    laughs += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i) laughs += std::string("*") + static_cast<char>(c - 1) + ", ";
    laughs += "1]\n";
  }
  write("laughs.yaml", laughs);
  write("deep.yaml", "# Deep.\nsteps: " + std::string(100'000, '[') + "\n");
  write("deeper.yaml", "# Deep.\nsteps: " + std::string(100'000, '{') + "\n");
  std::string matrix = "# Many.\nwith:\n";
  for (char c = 'a'; c < 'i'; ++c)
    matrix += std::string("  ") + c + ": [1, 2, 3, 4, 5, 6, 7, 8, 9]\n";
  write("matrix.yaml", matrix + "steps:\n  - wait: ${a}s\n");
  for (const char* const name : {"laughs.yaml", "deep.yaml", "deeper.yaml", "matrix.yaml"}) {
    EXPECT_NE(refusal(name).find(name), std::string::npos) << name;
  }
}

TEST_F(Input, ThatListsDeviationsIsHeldToItsForm) {
  write("holds.yaml", kHolds);
  write("map.yaml", "scenario: a\n");
  write("typo.yaml", "- scenari: a\n");
  fs::create_directory(folder_ / "folder");
  ASSERT_EQ(mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  for (const char* const name : {"map.yaml", "typo.yaml", "folder", "fifo", "missing"}) {
    const Ran ran = judge({"holds.yaml", "--expected", name});
    EXPECT_EQ(ran.status, 2) << name;
    EXPECT_EQ(ran.out, "") << name;
    EXPECT_TRUE(ran.error.starts_with(name)) << ran.error;
  }
}

TEST_F(Input, OfASpecsFolderInTheWorkingDirectoryIsUsed) {
  for (const char* const part : {"catalogue", "fragments"}) {
    fs::create_directories(folder_ / "specs");
    fs::copy(fs::path(TCPROVE_SOURCE_DIR) / "specs" / part, folder_ / "specs" / part,
             fs::copy_options::recursive);
  }
  write("specs/mine/holds.yaml", kHolds);
  EXPECT_EQ(judge({"mine"}).status, 0);
  EXPECT_EQ(run({"lint"}).out, "1 scenario(s), 1 instance(s): no mistakes found\n");

  write("specs/expected/reference.yaml",
        "- scenario: mine/hold\n  requirement: MUST-13\n"
        "  section: 3.6.1\n  reason: It was seen.\n");
  const Ran stale = run({"lint"});
  EXPECT_EQ(stale.status, 2);
  EXPECT_EQ(count(stale.error, "no scenario matches \"mine/hold\"; did you mean \"mine/holds\"?"),
            1U)
      << stale.error;

  write("specs/expected/reference.yaml", "- scenario: [\n");
  EXPECT_EQ(judge({"mine"}).status, 2);
  EXPECT_EQ(run({"lint"}).status, 2);
}

}  // namespace
}  // namespace tcprove::cli
