#include "harness/report/junit.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

std::string written(const ScenarioResult& result, const JunitOptions& options) {
  RunResult run;
  run.scenarios = {result};
  std::ostringstream out;
  write_junit(out, {&run, 1}, options);
  return out.str();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Junit, IsWrittenAsApproved) {
  std::ostringstream out;
  const RunResult run = samples::run();
  write_junit(out, {&run, 1}, {});
  testing::expect_golden("harness/report/golden/junit.xml", out.str());
}

TEST(Junit, FailsAWarningOnlyWhereStrict) {
  const std::string lenient = written(samples::syn_with_options(), {});
  EXPECT_TRUE(contains(lenient, "failures=\"0\"")) << lenient;
  EXPECT_TRUE(contains(lenient, "<system-out>WARN  ")) << lenient;
  const std::string strict = written(samples::syn_with_options(), {.strict = true});
  EXPECT_TRUE(contains(strict, "failures=\"1\"")) << strict;
  EXPECT_TRUE(contains(strict, "<failure message=\"warn: SHLD-3")) << strict;
}

TEST(Junit, SkipsAKnownDeviationAndFailsOneThatIsGone) {
  EXPECT_TRUE(
      contains(written(samples::known_deviation(), {}), "<skipped message=\"xfail: MUST-31"));
  EXPECT_TRUE(contains(written(samples::deviation_gone(), {}), "<failure message=\"xpass: "));
}

TEST(Junit, FailsADeviationThatIsStale) {
  RunResult run;
  run.stale = {{.file = "known.yaml", .line = 7, .rule = "a-rule", .requirement = "MUST-1"}};
  std::ostringstream out;
  write_junit(out, {&run, 1}, {});
  EXPECT_TRUE(contains(out.str(), "<testsuites name=\"tcprove\" tests=\"1\" failures=\"1\""));
  EXPECT_TRUE(contains(out.str(), "name=\"a-rule\" file=\"known.yaml\"")) << out.str();
}

TEST(Junit, HoldsNothingThatXmlCannot) {
  const std::string text = written(samples::hostile_names(), {});
  EXPECT_TRUE(contains(text, "red&lt;/testcase&gt;&amp;&quot;'\xef\xbf\xbd[v=")) << text;
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  }
}

TEST(Junit, SpellsOutLineEndsInAttributes) {
  ScenarioResult result = samples::unsupported();
  result.reason = "one\ntwo\tthree";
  EXPECT_TRUE(contains(written(result, {}), "one&#10;two&#9;three"));
}

TEST(Junit, OfSeveralTargetsHasSuitesOfEach) {
  const std::vector<RunResult> runs = samples::two_targets();
  std::ostringstream out;
  write_junit(out, runs, {});
  const std::string text = out.str();
  EXPECT_TRUE(contains(text, "<testsuites name=\"tcprove\" tests=\"4\" failures=\"1\"")) << text;
  EXPECT_TRUE(contains(text, "<testsuite name=\"lwip: textbook/close\" tests=\"1\""));
  EXPECT_TRUE(contains(text, "<testcase classname=\"lwip.textbook.close\""));
  EXPECT_TRUE(contains(text, "stack.so: textbook/close\" tests=\"1\""));
}

}  // namespace
}  // namespace tcprove::report
