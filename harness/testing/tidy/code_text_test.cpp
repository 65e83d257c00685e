#include "harness/testing/tidy/code_text.hpp"

#include <gtest/gtest.h>

namespace tcprove::testing::tidy {
namespace {

TEST(CodeText, BlanksCommentsAndLiteralsInPlace) {
  EXPECT_EQ(code_of("a; // b\nc /* d\ne */ f"), "a;     \nc     \n     f");
  EXPECT_EQ(code_of(R"(f("a\"b", 'c', '\'');)"), "f(      ,    ,     );");
  EXPECT_EQ(code_of("R\"x(a)\")x\" b"), "           b");
}

TEST(CodeText, KeepsNumbersWithGroupedDigits) {
  EXPECT_EQ(code_of("x = 1'000'000; y = 'z';"), "x = 1'000'000; y =    ;");
}

TEST(CodeText, SurvivesCommentsAndLiteralsWithoutEnd) {
  for (const char* text : {"/*", "\"a", "'", "R\"(", "R\"", "\"\\", "//"}) {
    EXPECT_EQ(code_of(text), std::string(std::string_view(text).size(), ' ')) << text;
  }
}

TEST(CodeText, EndsWordsWhereNamesEnd) {
  EXPECT_TRUE(has_word("x = rand();", "rand("));
  EXPECT_FALSE(has_word("x = operand();", "rand("));
  EXPECT_TRUE(has_word("operand() + rand()", "rand("));
  EXPECT_FALSE(has_word("throws", "throw"));
}

TEST(CodeText, SplitsLinesWithAndWithoutALastEnd) {
  EXPECT_EQ(lines_of("a\n\nb"), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(lines_of("a\n"), (std::vector<std::string_view>{"a"}));
  EXPECT_TRUE(lines_of("").empty());
}

}  // namespace
}  // namespace tcprove::testing::tidy
