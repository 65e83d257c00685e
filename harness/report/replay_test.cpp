#include "harness/report/replay.hpp"

#include <cstdio>
#include <memory>

#include <gtest/gtest.h>

namespace tcprove::report {
namespace {

ScenarioResult result_of(std::string file, std::string instance) {
  ScenarioResult result;
  result.file = std::move(file);
  result.instance = std::move(instance);
  return result;
}

/// What the second word of the replay command is to a shell.
std::string word_to_a_shell(const ScenarioResult& result, bool utf8) {
  const std::string replay = replay_command({.target = "lwip"}, result, utf8);
  const std::string command =
      "bash -c \"$(cat <<'END'\nset -- " + replay + "; printf %s \"$3\"\nEND\n)\"";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string word;
  for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
    word += static_cast<char>(c);
  }
  return word;
}

TEST(ReplayCommand, QuotesForTheShell) {
  RunResult run;
  run.target = "exec:./my adapter";
  run.seed = 18446744073709551615U;
  EXPECT_EQ(replay_command(run, result_of("specs/close/it's.yaml", "[data=\"a b\",ip=4]"), true),
            R"(tcprove run 'specs/close/it'\''s.yaml[data="a b",ip=4]' )"
            R"(--target 'exec:./my adapter' --seed 18446744073709551615)");
}

TEST(ReplayCommand, LeavesPlainWordsBare) {
  const RunResult run{.target = "reference:fault=NO_ACK"};
  EXPECT_EQ(replay_command(run, result_of("specs/a.yaml", ""), true),
            "tcprove run specs/a.yaml --target reference:fault=NO_ACK --seed 1");
}

TEST(ReplayCommand, NamesTheListOfDeviationsThatWasGiven) {
  const RunResult run{.target = "lwip", .expected = "my list.yaml"};
  EXPECT_EQ(replay_command(run, result_of("a.yaml", ""), true),
            "tcprove run a.yaml --target lwip --seed 1 --expected 'my list.yaml'");
}

TEST(ReplayCommand, OfACaptureJudgesItAgain) {
  EXPECT_EQ(replay_command({.capture = "a b.pcap"}, {}, true), "tcprove check 'a b.pcap'");
  EXPECT_EQ(replay_command({.capture = "a.pcap", .stack = "[::1]:7"}, {}, true),
            "tcprove check a.pcap --stack '[::1]:7'");
}

TEST(ReplayCommand, IsOneLineThatAShellReadsBack) {
  const std::string odd = "a\x1b[31m\n\xff'\"$(date)`\\ \xc3\xa9[1]*?~!#&;<>|";
  for (const bool utf8 : {true, false}) {
    const ScenarioResult result = result_of(odd + ".yaml", "[x=" + odd + "]");
    const std::string command = replay_command({.target = "lwip"}, result, utf8);
    EXPECT_EQ(command.find_first_of("\x1b\n\xff"), std::string::npos) << command;
    EXPECT_EQ(word_to_a_shell(result, utf8), odd + ".yaml[x=" + odd + "]");
    const ScenarioResult shown = result_of("it's \xc3\xa9 `$x`.yaml", "");
    EXPECT_EQ(word_to_a_shell(shown, utf8), shown.file);
  }
}

}  // namespace
}  // namespace tcprove::report
