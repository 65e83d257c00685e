#include "harness/report/html.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/samples_fixture.hpp"

namespace tcprove::report {
namespace {

using Json = nlohmann::json;

std::vector<CatalogueRow> catalogue_of(const RunResult& run) {
  std::vector<CatalogueRow> rows;
  for (const RequirementResult& requirement : run.requirements) {
    rows.push_back({.id = requirement.id, .level = requirement.level, .rules = {}});
    rows.back().section = "3.1";
    rows.back().text = "What </script><b>" + requirement.id + " asks for.";
  }
  return rows;
}

std::string written(std::span<const RunResult> runs, const HtmlOptions& options = {}) {
  std::ostringstream out;
  write_html(out, runs, catalogue_of(runs.front()), options);
  return out.str();
}

std::string written(const RunResult& run) { return written({&run, 1}); }

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++n;
  }
  return n;
}

/// What stands between `begin` and the next `end`.
std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

Json data_of(const std::string& page) {
  return Json::parse(between(page, R"(<script type="application/json" id="data">)", "</script>"));
}

TEST(Html, LeavesNothingOfItsTemplateOpen) {
  const std::string page = written(samples::run());
  EXPECT_EQ(count(page, "{{"), 0U);
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
}

TEST(Html, AsksNothingOfTheNetwork) {
  const std::string page = written(samples::run());
  EXPECT_EQ(count(page, "Content-Security-Policy\" content=\"default-src 'none';"), 1U);
  EXPECT_EQ(count(page, "src=\""), 0U);
  EXPECT_EQ(count(page, "<link"), 0U);
  EXPECT_EQ(count(page, "@import"), 0U);
  EXPECT_EQ(count(page, "url("), 0U);
}

TEST(Html, CannotBeEndedByWhatAScenarioOrAStackSays) {
  RunResult run = samples::run();
  const std::string hostile = "</script><script>bad()</script><!--<img onerror=bad()>\"'";
  run.target = hostile;
  run.target_version = hostile;
  for (ScenarioResult& result : run.scenarios) {
    result.id = hostile + result.id;
    result.claim = hostile;
    result.reason = hostile;
    result.file = hostile;
    for (Difference& d : result.differences) d.actual = d.expected = d.step = hostile;
    for (monitor::Violation& v : result.violations) v.message = hostile;
    result.excuses = {hostile};
    result.connections = {hostile, hostile};
  }
  run.stale.front().rule = hostile;
  for (RequirementResult& requirement : run.requirements) requirement.reason = hostile;
  const std::string page = written(run);
  EXPECT_EQ(count(page, "<script>"), 1U);
  EXPECT_EQ(count(page, "</script>"), 2U);
  EXPECT_EQ(count(page, "<!--"), 0U);
  EXPECT_EQ(count(page, "<img"), 0U);
  EXPECT_EQ(data_of(page)["targets"][0][0], hostile);
}

TEST(Html, IsReadWithoutAScript) {
  const std::vector<RunResult> runs = samples::two_targets();
  const std::string page = written(runs);
  const std::string matrix = between(page, "<table class=\"matrix\">", "</table>");
  EXPECT_EQ(count(matrix, "<tr id=\"r-"), 7U);
  EXPECT_EQ(count(matrix, "<span class=\"v fail\"><b aria-hidden=\"true\">✗</b> fail</span>"), 1U);
  EXPECT_EQ(count(matrix, "<span class=\"v xfail\">"), 1U);
  EXPECT_EQ(count(page, "<article "), 1U);
  const std::string article = between(page, "<article ", "</article>");
  EXPECT_EQ(count(article, "◀── FIN,ACK seq=2 ack=1 wnd=5840"), 1U) << article;
  EXPECT_EQ(count(article, "tcprove run &#39;specs/textbook/close/four-way-close.yaml[ip=4]&#39;"),
            1U);
}

TEST(Html, WritesOutSoManyFailuresAndCountsTheRest) {
  const RunResult run = samples::run();
  const std::string page = written({&run, 1}, {.documents_max = 2});
  EXPECT_EQ(count(page, "<article "), 2U);
  EXPECT_EQ(count(page, ">6 more, among the scenarios.<"), 1U);
}

TEST(Html, DoesNotTellHowLongAnythingTook) {
  RunResult run = samples::run();
  const std::string page = written(run);
  run.wall_time *= 7;
  for (ScenarioResult& result : run.scenarios) result.wall_time *= 3;
  EXPECT_EQ(written(run), page);
}

/// A row of a ladder in words again.
std::string words_of(const Json& data, const Json& row) {
  std::string words;
  for (std::size_t i = 3; i < row.size(); ++i) {
    const std::string text = data["strings"][row[i].get<std::size_t>()];
    if (!text.empty()) words += (words.empty() ? "" : " | ") + text;
  }
  return words;
}

TEST(Html, KeepsEveryLadderInItsData) {
  RunResult run;
  run.target = "lwip";
  run.scenarios = {samples::fin_with_wrong_seq(), samples::unsupported()};
  const Json data = data_of(written(run));
  ASSERT_EQ(data["scenarios"].size(), 2U);
  const Json& play = data["scenarios"][0][5][0][0];
  EXPECT_EQ(play[0], 1);
  std::string ladder;
  for (const Json& row : data["ladders"][play[1].get<std::size_t>()]) {
    ladder += words_of(data, data["rows"][row.get<std::size_t>()]) + "\n";
  }
  EXPECT_EQ(ladder,
            "SYN seq=0 wnd=65535 options=<mss 1460>\n"
            "SYN,ACK seq=0 ack=1 wnd=5840 options=<mss 1460> | SYN-RECEIVED\n"
            "ACK seq=1 ack=1 wnd=65535 | ESTABLISHED\n"
            "close | ok\n"
            "FIN,ACK seq=2 ack=1 wnd=5840 | FIN-WAIT-1 | expected FIN,ACK seq=1 ack=1\n");
  EXPECT_EQ(data["scenarios"][1][5][0][0][1], -1);
}

TEST(Html, KeepsWhatIsTheSameOnce) {
  RunResult run;
  for (int i = 0; i < 100; ++i) {
    ScenarioResult result = samples::fin_with_wrong_seq();
    result.instance = "[n=" + std::to_string(i) + "]";
    result.id = "textbook/close/four-way-close" + result.instance;
    run.scenarios.push_back(std::move(result));
  }
  const Json data = data_of(written(run));
  EXPECT_EQ(data["scenarios"].size(), 1U);
  EXPECT_EQ(data["scenarios"][0][5][0].size(), 100U);
  EXPECT_EQ(data["ladders"].size(), 1U);
  EXPECT_EQ(data["rows"].size(), 5U);
}

TEST(Html, GivesAReplayCommandWhereTheScriptCannotMakeIt) {
  RunResult run;
  run.target = "lwip";
  run.scenarios = {samples::fin_with_wrong_seq(), samples::hostile_names()};
  const Json data = data_of(written(run));
  EXPECT_EQ(data["targets"][0][2], " --target lwip --seed 1");
  EXPECT_FALSE(data["scenarios"][0][5][0][0][2].contains("c"));
  EXPECT_TRUE(data["scenarios"][1][5][0][0][2].contains("c"));
}

TEST(Html, HoldsAPlaceForWhatAnInterruptedRunDidNotPlay) {
  std::vector<RunResult> runs = samples::two_targets();
  runs[1].scenarios.pop_back();
  const Json data = data_of(written(runs));
  EXPECT_TRUE(data["scenarios"][1][5][1][0].is_null());
  EXPECT_FALSE(data["scenarios"][1][5][0][0].is_null());
}

}  // namespace
}  // namespace tcprove::report
