#include "harness/base/check.hpp"

#include <gtest/gtest.h>

namespace tcprove::base {
namespace {

TEST(Check, LetsATrueConditionPassAndEvaluatesItOnce) {
  int evaluated = 0;
  TCPROVE_CHECK(++evaluated == 1, "evaluated twice");
  EXPECT_EQ(evaluated, 1);
}

TEST(CheckDeathTest, SaysWhereWhatAndWhyAndAborts) {
  const int answer = 41;
  EXPECT_EXIT(TCPROVE_CHECK(answer == 42, "the answer is 42"), testing::KilledBySignal(SIGABRT),
              "check_test.cpp:[0-9]+: CHECK failed: answer == 42 \\(the answer is 42\\)");
}

}  // namespace
}  // namespace tcprove::base
