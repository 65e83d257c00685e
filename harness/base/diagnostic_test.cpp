#include "harness/base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace tcprove::base {
namespace {

TEST(Diagnostic, ShowsTheSourceLineWithACaretUnderTheWholeWord) {
  const Diagnostic d{.file = "specs/a.yaml",
                     .place = {.line = 12, .column = 5, .width = 6},
                     .message = "unknown step \"expcet\"",
                     .suggestion = "expect",
                     .source_line = "  - expcet: ACK seq=1"};
  EXPECT_EQ(to_string(d),
            "specs/a.yaml:12:5: error: unknown step \"expcet\"; did you mean \"expect\"?\n"
            "   12 |   - expcet: ACK seq=1\n"
            "      |     ^~~~~~\n");
}

TEST(Diagnostic, RepeatsTabsUnderTabsSoThatTheCaretLinesUp) {
  const Diagnostic d{.file = "a.yaml",
                     .place = {.line = 3, .column = 4},
                     .message = "tabs",
                     .source_line = "\ta\tb"};
  EXPECT_EQ(to_string(d),
            "a.yaml:3:4: error: tabs\n"
            "    3 | \ta\tb\n"
            "      | \t \t^\n");
}

TEST(Diagnostic, PointsPastTheEndOfALineWhereSomethingIsMissing) {
  const Diagnostic d{.file = "a.yaml",
                     .place = {.line = 1, .column = 8},
                     .message = "expected \"]\"",
                     .source_line = "covers:"};
  EXPECT_EQ(to_string(d),
            "a.yaml:1:8: error: expected \"]\"\n"
            "    1 | covers:\n"
            "      |        ^\n");
}

TEST(Diagnostic, TreatsAWidthUnderOneAsOne) {
  const Diagnostic d{.file = "a.yaml",
                     .place = {.line = 1, .column = 1, .width = 0},
                     .message = "empty",
                     .source_line = "x"};
  EXPECT_EQ(to_string(d), "a.yaml:1:1: error: empty\n    1 | x\n      | ^\n");
}

TEST(Diagnostic, LeavesTheSourceLineOutWhereThereIsNone) {
  const Diagnostic d{.file = "a.yaml", .place = {.line = 7, .column = 2}, .message = "gone"};
  EXPECT_EQ(to_string(d), "a.yaml:7:2: error: gone\n");
}

TEST(Diagnostic, NamesTheFileAloneWhereTheWholeTextIsMeant) {
  const Diagnostic d{
      .file = "a.yaml", .message = "no such file", .suggestion = "b.yaml", .source_line = "unused"};
  EXPECT_EQ(to_string(d), "a.yaml: error: no such file; did you mean \"b.yaml\"?\n");
}

TEST(Diagnostic, PrintsAllInTheOrderGiven) {
  const Diagnostics all{{.file = "b", .message = "one"}, {.file = "a", .message = "two"}};
  EXPECT_EQ(to_string(all), "b: error: one\na: error: two\n");
  EXPECT_EQ(to_string(Diagnostics{}), "");
}

}  // namespace
}  // namespace tcprove::base
