#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/campaign.hpp"

namespace tcprove::report {
namespace {

using Json = nlohmann::ordered_json;

/// What a finding is against: a requirement, or what else must not happen.
const std::string& rule_id(const CampaignFinding& finding) {
  return finding.requirement.empty() ? finding.rule : finding.requirement;
}

std::string_view level_of(const CampaignFinding& finding) {
  return finding.level == monitor::Level::Must ? "error" : "warning";
}

/// RFC 3986 section 2.1: all but what is unreserved, and the slashes, is spelt out.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  std::string uri;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

Json rules_of(const std::vector<std::string>& ids, const CampaignResult& result) {
  Json rules = Json::array();
  for (const std::string& id : ids) {
    const auto finding = std::ranges::find(result.findings, id, rule_id);
    rules.push_back({{"id", id},
                     {"shortDescription", {{"text", words_of(*finding)}}},
                     {"defaultConfiguration", {{"level", level_of(*finding)}}}});
  }
  return rules;
}

Json to_json(const CampaignFinding& finding, std::size_t rule_index) {
  Json json{{"ruleId", rule_id(finding)},
            {"ruleIndex", rule_index},
            {"level", level_of(finding)},
            {"message",
             {{"text", finding.state.empty() ? finding.message
                                             : fmt::format("{} [{}, {}]", finding.message,
                                                           finding.rule, finding.state)}}},
            {"partialFingerprints", {{"finding/v1", finding.name}}}};
  if (!finding.file.empty()) {
    json["locations"] = Json::array({{{"physicalLocation",
                                       {{"artifactLocation", {{"uri", uri_of(finding.file)}}},
                                        {"region", {{"startLine", 1}}}}}}});
  }
  if (!finding.known_reason.empty()) {
    json["suppressions"] =
        Json::array({{{"kind", "external"}, {"justification", finding.known_reason}}});
  }
  return json;
}

}  // namespace

void write_campaign_sarif(std::ostream& out, const CampaignResult& result) {
  std::vector<std::string> ids;
  for (const CampaignFinding& finding : result.findings) ids.push_back(rule_id(finding));
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  Json results = Json::array();
  for (const CampaignFinding& finding : result.findings) {
    const auto at = std::ranges::find(ids, rule_id(finding));
    results.push_back(to_json(finding, static_cast<std::size_t>(at - ids.begin())));
  }
  const Json driver{
      {"name", "tcprove"}, {"version", result.version}, {"rules", rules_of(ids, result)}};
  const Json json{
      {"$schema",
       "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
       "sarif-schema-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", Json::array({{{"tool", {{"driver", driver}}}, {"results", std::move(results)}}})}};
  constexpr int kIndent = 2;
  out << json.dump(kIndent, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace tcprove::report
