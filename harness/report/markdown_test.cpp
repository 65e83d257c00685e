#include "harness/report/markdown.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

std::string written(std::span<const RunResult> runs, const MarkdownOptions& options = {}) {
  std::ostringstream out;
  write_markdown(out, runs, options);
  return out.str();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Markdown, IsWrittenAsApproved) {
  testing::expect_golden("harness/report/golden/summary.md", written(samples::two_targets()));
}

TEST(Markdown, CountsTheFailuresThatItDoesNotTell) {
  const RunResult run = samples::run();
  const std::string text = written({&run, 1}, {.documents_max = 2});
  EXPECT_TRUE(contains(text, "\n6 more.\n")) << text;
}

TEST(Markdown, HoldsHostileTextInAFenceThatItCannotClose) {
  RunResult run;
  run.scenarios = {samples::hostile_names()};
  run.scenarios.front().claim = "ends the block:\n```` <img src=x>";
  run.target = "`|<b>";
  const std::string text = written({&run, 1});
  EXPECT_TRUE(contains(text, "`````text\n")) << text;
  EXPECT_TRUE(contains(text, "\\`\\|\\<b\\>")) << text;
  EXPECT_FALSE(contains(text, "| `|<b>")) << text;
}

}  // namespace
}  // namespace tcprove::report
