#include "harness/report/campaign.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

/// A finding of each kind: new, new with what markup must not swallow, known, and a crash.
CampaignResult sample() {
  CampaignResult result{.version = "0.1.0", .target = "lwip", .target_version = "2.1.3"};
  result.findings.push_back({.name = "MUST-13.time-wait-lasts-two-msl.TIME-WAIT",
                             .requirement = "MUST-13",
                             .rule = "time-wait-lasts-two-msl",
                             .state = "TIME-WAIT",
                             .section = "3.6.1",
                             .message = "TIME-WAIT ended after 119s; 2 MSL are 2min",
                             .file = "my findings/MUST-13.yaml"});
  result.findings.push_back({.name = "RFC5961-2.challenged.CLOSING",
                             .requirement = "RFC5961-2",
                             .rule = "challenged",
                             .state = "CLOSING",
                             .section = "3.2",
                             .level = monitor::Level::Should,
                             .message = "no <ACK> | \"draws\" & nothing",
                             .known_reason = "RFC 5961 is not implemented."});
  result.findings.push_back({.name = "crash.Aborted",
                             .rule = "crash",
                             .state = "Aborted",
                             .message = "the stack crashed: Aborted",
                             .file = "f/crash.Aborted.yaml"});
  return result;
}

template <class Write>
std::string written(const Write& write, const CampaignResult& result) {
  std::ostringstream out;
  write(out, result);
  return out.str();
}

TEST(CampaignReport, IsAsApproved) {
  testing::expect_golden("harness/report/golden/campaign.sarif",
                         written(write_campaign_sarif, sample()));
  testing::expect_golden("harness/report/golden/campaign_junit.xml",
                         written(write_campaign_junit, sample()));
  testing::expect_golden("harness/report/golden/campaign.md",
                         written(write_campaign_markdown, sample()));
}

/// What SARIF 2.1.0 requires of a log (section 3.13) and of a result that names a rule by its index
/// (3.27.6, 3.52.4).
TEST(CampaignReport, IsSarifWithARuleForEachRequirement) {
  const auto log = nlohmann::json::parse(written(write_campaign_sarif, sample()), nullptr, false);
  ASSERT_TRUE(log.is_object());
  EXPECT_EQ(log["version"], "2.1.0");
  const auto& run = log["runs"][0];
  const auto& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 3U);
  ASSERT_EQ(run["results"].size(), 3U);
  for (const auto& result : run["results"]) {
    EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
  }
  EXPECT_EQ(run["results"][1]["suppressions"][0]["kind"], "external");
  EXPECT_FALSE(run["results"][0].contains("suppressions"));
}

TEST(CampaignReport, OfNothingIsACaseThatPasses) {
  CampaignResult nothing{.version = "0.1.0", .target = "reference"};
  const std::string junit = written(write_campaign_junit, nothing);
  EXPECT_NE(junit.find("tests=\"1\" failures=\"0\""), std::string::npos) << junit;
  EXPECT_EQ(junit.find("<failure"), std::string::npos);
}

}  // namespace
}  // namespace tcprove::report
