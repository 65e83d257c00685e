#include "harness/report/document.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

std::string document(const ScenarioResult& result, const DocumentOptions& options) {
  RunResult run;
  run.target = "lwip";
  std::ostringstream out;
  write_document(out, run, result, options);
  return out.str();
}

/// The line below the one that begins with `label`.
std::string line_below(const std::string& text, const std::string& label) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(label) && std::getline(lines, line)) return line;
  }
  return {};
}

TEST(Document, IsColouredAsApproved) {
  testing::expect_golden("harness/report/golden/document_color.txt",
                         document(samples::fin_with_wrong_seq(), {.style = {.color = true}}));
}

TEST(Document, MarksTheFieldThatDiffers) {
  ScenarioResult result = samples::fin_with_wrong_seq();
  result.differences.front().actual = "SYN,ACK seq=2 ack=1 options=<ts 1 2> wnd=5";
  const auto carets = [&result](std::vector<std::string> fields) {
    result.differences.front().fields = std::move(fields);
    return line_below(document(result, {}), "  actual");
  };
  EXPECT_EQ(carets({"ack"}), "                          ^^^^^");
  EXPECT_EQ(carets({"flags", "wnd"}), "            ^^^^^^^                              ^^^^^");
  EXPECT_EQ(carets({"options"}), "                                ^^^^^^^^^^^^^^^^");
}

TEST(Document, NamesTheFieldThatDoesNotStandThere) {
  ScenarioResult result = samples::fin_with_wrong_seq();
  result.differences.front().fields = {"options"};
  EXPECT_EQ(line_below(document(result, {}), "  actual"), "  differs   options");
}

TEST(Document, TellsWhichDeviationIsGone) {
  const std::string text = document(samples::deviation_gone(), {});
  EXPECT_TRUE(text.starts_with("XPASS  ")) << text;
  EXPECT_NE(text.find("take it off their list"), std::string::npos) << text;
}

TEST(Document, LetsNoControlCharacterOfANameThrough) {
  for (const bool utf8 : {true, false}) {
    const std::string text = document(samples::hostile_names(), {.style = {.utf8 = utf8}});
    EXPECT_TRUE(std::ranges::none_of(text, [](char c) {
      return c != '\n' && static_cast<unsigned char>(c) < 0x20;
    })) << text;
  }
}

TEST(Citation, NamesTheRfcThatTheRequirementBelongsTo) {
  monitor::Violation violation;
  violation.section = "3.2";
  violation.requirement = "RFC5961-2";
  EXPECT_EQ(citation(violation, true), "RFC 5961 §3.2");
  violation.requirement = "3.10.7.4-unacceptable-draws-ack";
  EXPECT_EQ(citation(violation, false), "RFC 9293 section 3.2");
}

}  // namespace
}  // namespace tcprove::report
