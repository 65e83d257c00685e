#include "harness/report/utf8.hpp"

#include <gtest/gtest.h>

namespace tcprove::report {
namespace {

using Lines = std::vector<std::string>;

TEST(Utf8, TakesSequencesOfOneToFourOctets) {
  EXPECT_EQ(first_code_point("a").value, U'a');
  EXPECT_EQ(first_code_point("\xc2\xa7").value, U'§');
  EXPECT_EQ(first_code_point("\xe2\x9c\x97!").value, U'✗');
  EXPECT_EQ(first_code_point("\xf0\x9f\x98\x80").value, U'😀');
  EXPECT_EQ(first_code_point("\xf0\x9f\x98\x80").octets, 4U);
}

TEST(Utf8, RefusesWhatIsNotACharacter) {
  for (const char* text : {"\x80", "\xc3", "\xc3(", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                           "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(first_code_point(text).valid) << text;
    EXPECT_EQ(first_code_point(text).octets, 1U) << text;
  }
}

TEST(Printable, LeavesNoControlCharacterAndNoBrokenOctet) {
  EXPECT_EQ(printable("a\x1b[31m\n\x7f\xff", true), R"(a\x1b[31m\x0a\x7f\xff)");
  EXPECT_EQ(printable("\xc2\x9b", true), R"(\x9b)");  // CSI in one character.
  EXPECT_EQ(printable("2 → 3", true), "2 → 3");
}

TEST(Printable, IsAsciiWhereUtf8IsOff) { EXPECT_EQ(printable("2 → 3\xff", false), R"(2 ? 3\xff)"); }

TEST(Columns, CountsCharacters) {
  EXPECT_EQ(columns("│── ▶"), 5U);
  EXPECT_EQ(columns("\xff\xfe"), 2U);
  EXPECT_EQ(padded("▶", 3), "▶  ");
  EXPECT_EQ(padded("long", 3), "long");
}

TEST(Wrapped, CutsAtBlanks) {
  EXPECT_EQ(wrapped("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrapped("one two three", 6), (Lines{"one", "two", "three"}));
  EXPECT_EQ(wrapped("", 5), Lines{""});
}

TEST(Wrapped, KeepsAPartThatIsLongerThanALine) {
  EXPECT_EQ(wrapped("a incomprehensible b", 5), (Lines{"a", "incomprehensible", "b"}));
}

TEST(Wrapped, CutsOptionsAfterCommasOnly) {
  EXPECT_EQ(wrapped("options=<mss 1460,sack-ok,ts 1 2>", 20),
            (Lines{"options=<mss 1460,", "sack-ok,ts 1 2>"}));
}

}  // namespace
}  // namespace tcprove::report
