#include "harness/report/sarif_log.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tcprove::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(const SarifResult& result) {
  switch (result.level) {
    case monitor::Level::Must:
      return "error";
    case monitor::Level::Should:
      return "warning";
    case monitor::Level::May:
      break;
  }
  return "note";
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

Json rules_of(const std::vector<std::string>& ids, const SarifRun& run) {
  Json rules = Json::array();
  for (const std::string& id : ids) {
    const auto first = std::ranges::find(run.results, id, &SarifResult::rule);
    rules.push_back({{"id", id},
                     {"shortDescription", {{"text", first->rule_text}}},
                     {"defaultConfiguration", {{"level", level_of(*first)}}}});
  }
  return rules;
}

Json to_json(const SarifResult& result, std::size_t rule_index) {
  Json json{{"ruleId", result.rule},
            {"ruleIndex", rule_index},
            {"level", level_of(result)},
            {"message", {{"text", result.message}}},
            {"partialFingerprints", {{"finding/v1", result.fingerprint}}}};
  if (!result.file.empty()) {
    json["locations"] = Json::array({{{"physicalLocation",
                                       {{"artifactLocation", {{"uri", uri_of(result.file)}}},
                                        {"region", {{"startLine", result.line}}}}}}});
  }
  if (!result.known_reason.empty()) {
    json["suppressions"] =
        Json::array({{{"kind", "external"}, {"justification", result.known_reason}}});
  }
  return json;
}

Json to_json(const SarifRun& run) {
  std::vector<std::string> ids;
  for (const SarifResult& result : run.results) ids.push_back(result.rule);
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  Json results = Json::array();
  for (const SarifResult& result : run.results) {
    const auto at = std::ranges::lower_bound(ids, result.rule);
    results.push_back(to_json(result, static_cast<std::size_t>(at - ids.begin())));
  }
  const Json driver{{"name", "tcprove"}, {"version", run.version}, {"rules", rules_of(ids, run)}};
  Json json{{"tool", {{"driver", driver}}}};
  if (!run.id.empty()) json["automationDetails"] = {{"id", run.id}};
  json["results"] = std::move(results);
  return json;
}

}  // namespace

void write_sarif_log(std::ostream& out, std::span<const SarifRun> runs) {
  Json log{{"$schema",
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
            "sarif-schema-2.1.0.json"},
           {"version", "2.1.0"},
           {"runs", Json::array()}};
  for (const SarifRun& run : runs) log["runs"].push_back(to_json(run));
  constexpr int kIndent = 2;
  out << log.dump(kIndent, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace tcprove::report
