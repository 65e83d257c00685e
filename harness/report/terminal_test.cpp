#include "harness/report/terminal.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

using namespace std::chrono_literals;

std::string summary(const RunResult& run, const TerminalOptions& options) {
  std::ostringstream out;
  write_summary(out, run, options);
  return out.str();
}

std::string last_line(const std::string& text) {
  return text.substr(text.find_last_of('\n', text.size() - 2) + 1);
}

TEST(Terminal, TellsARunAsApproved) {
  std::ostringstream out;
  write_header(out, samples::run(), {});
  out << '\n' << summary(samples::run(), {});
  testing::expect_golden("harness/report/golden/terminal.txt", out.str());
}

TEST(Terminal, IsAsciiWhereUtf8IsOff) {
  const std::string text = summary(samples::run(), {.document = {.style = {.utf8 = false}}});
  EXPECT_TRUE(
      std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
}

TEST(Terminal, TellsEachResultInOneLine) {
  std::ostringstream out;
  write_result_line(out, samples::passed(), {});
  write_result_line(out, samples::crashed_in_a_call(), {});
  EXPECT_EQ(out.str(),
            "pass          textbook/close/active-close-lingers-two-msl[ip=4] (5h 12min)\n"
            "error         textbook/close/close-after-reset[ip=4] (10min 0s): "
            "the stack crashed: signal 11 (segmentation fault)\n");
}

TEST(Terminal, SumsUpInOneLine) {
  RunResult run;
  run.wall_time = 1500us;
  for (int i = 0; i < 2; ++i) run.scenarios.push_back(samples::passed());
  run.not_played = 3;
  EXPECT_EQ(last_line(summary(run, {})),
            "2 passed · 0 failed · 3 not played in 0.00s wall, 10h 24min virtual\n");
}

TEST(Terminal, TellsFailuresBeforeWarningsWhereDocumentsAreFew) {
  RunResult run;
  run.scenarios = {samples::syn_with_options(), samples::fin_with_wrong_seq()};
  const std::string text = summary(run, {.documents_max = 1});
  EXPECT_TRUE(text.starts_with("FAIL  ")) << text;
  EXPECT_EQ(text.find("WARN"), std::string::npos) << text;
  EXPECT_NE(text.find("1 more, told shortly:\n  warn "), std::string::npos) << text;
}

}  // namespace
}  // namespace tcprove::report
