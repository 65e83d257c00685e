#include "harness/testing/tidy/sizes.hpp"

#include <gtest/gtest.h>

namespace tcprove::testing::tidy {
namespace {

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "int a;\n";
  return text;
}

TEST(Sizes, HoldFilesAndHeadersToTheirLimits) {
  EXPECT_TRUE(check_sizes({"harness/a.cpp", lines(500)}).empty());
  EXPECT_EQ(check_sizes({"harness/a.cpp", lines(501)}).size(), 1U);
  EXPECT_TRUE(check_sizes({"harness/a.hpp", lines(150)}).empty());
  EXPECT_EQ(check_sizes({"harness/a.hpp", lines(151)}).size(), 1U);
  EXPECT_TRUE(check_sizes({"harness/report/html/a.js", lines(500)}).empty());
  EXPECT_EQ(check_sizes({"harness/report/html/a.css", lines(501)}).size(), 1U);
}

TEST(Sizes, HoldFunctionsToTheirLimit) {
  EXPECT_TRUE(check_sizes({"harness/a.cpp", "int f() {\n" + lines(68) + "}\n"}).empty());
  EXPECT_EQ(check_sizes({"harness/a.cpp", "int b;\nint f() {\n" + lines(69) + "}\n"}),
            (Findings{{"harness/a.cpp", 2, "a function of 71 lines, at most 70"}}));
}

}  // namespace
}  // namespace tcprove::testing::tidy
