#include "harness/report/html_escape.hpp"

#include <gtest/gtest.h>

namespace tcprove::report {
namespace {

TEST(HtmlEscaped, LeavesNoMarkup) {
  EXPECT_EQ(html_escaped("<b a=\"1\" c='2'>&amp;</b>"),
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
}

TEST(HtmlEscaped, KeepsLinesAndCharactersAndNothingElse) {
  EXPECT_EQ(html_escaped("a\né→"), "a\né→");
  EXPECT_EQ(html_escaped(std::string_view("\0\r\x1b\x7f", 4)), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(html_escaped("\xed\xa0\x80|\xff"), "\uFFFD\uFFFD\uFFFD|\uFFFD");
}

TEST(ScriptString, CannotEndItsScript) {
  EXPECT_EQ(script_string("</script><!--<script>"), "\"\\u003c/script>\\u003c!--\\u003cscript>\"");
}

TEST(ScriptString, IsAStringOfJson) {
  EXPECT_EQ(script_string("\"\\\n\x01é"), "\"\\\"\\\\\\u000a\\u0001é\"");
  EXPECT_EQ(script_string("\xc3|\xf5"), "\"\uFFFD|\uFFFD\"");
}

}  // namespace
}  // namespace tcprove::report
