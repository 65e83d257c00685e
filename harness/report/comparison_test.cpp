#include "harness/report/comparison.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/comparison_text.hpp"
#include "harness/report/samples_fixture.hpp"

namespace tcprove::report {
namespace {

std::string written(const std::vector<RunResult>& runs) {
  std::ostringstream out;
  write_comparison(out, runs, {});
  return out.str();
}

TEST(Comparison, IsNotableWhereAStackViolatesOrTwoDiffer) {
  const std::vector<RunResult> runs = samples::two_targets();
  std::string notable;
  for (const ComparedRequirement& row : compared(runs)) {
    notable += row.id() + (row.is_notable() ? "! " : " ");
  }
  EXPECT_EQ(notable, "MUST-1 MUST-2! MUST-3! MUST-4 SHLD-5! SHLD-6! MAY-7! ");
}

TEST(Comparison, PrintsWhatIsNotableAndCountsTheRest) {
  EXPECT_EQ(written(samples::two_targets()),
            "                  lwip            ./libmy\\x1bstack.so\n"
            "  MUST-2  MUST    fail            pass\n"
            "  MUST-3  MUST    xfail           pass\n"
            "  SHLD-5  SHOULD  pass            not-applicable\n"
            "  SHLD-6  SHOULD  warn            warn\n"
            "  MAY-7   MAY     untested        pass\n"
            "5 of 7 requirements differ or are violated; the same on all: 1 pass · 1 untested · 0 "
            "not-applicable\n");
}

TEST(Comparison, OfStacksThatHoldAllIsOneLine) {
  std::vector<RunResult> runs = samples::two_targets();
  for (RunResult& run : runs) {
    for (RequirementResult& requirement : run.requirements) {
      requirement.verdict = "pass";
      requirement.excused = false;
    }
  }
  EXPECT_EQ(written(runs),
            "0 of 7 requirements differ or are violated; the same on all: 7 pass · 0 untested · 0 "
            "not-applicable\n");
}

}  // namespace
}  // namespace tcprove::report
