#include <nlohmann/json.hpp>

#include "harness/report/score.hpp"

namespace tcprove::report {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const FaultResult& fault) {
  Json scenario = nullptr;
  if (fault.scenario) {
    scenario = {{"id", fault.scenario->id},
                {"verdict", std::string(to_string(fault.scenario->verdict))},
                {"reason", fault.scenario->reason}};
  }
  Json rule = nullptr;
  if (fault.rule) rule = {{"rule", fault.rule->rule}, {"id", fault.rule->id}};
  Json json{
      {"name", fault.name},         {"target", fault.target},   {"requirement", fault.requirement},
      {"sentence", fault.sentence}, {"caught", fault.caught()}, {"scenario", std::move(scenario)},
      {"rule", std::move(rule)}};
  if (!fault.known_reason.empty()) json["known_reason"] = fault.known_reason;
  return json;
}

}  // namespace

void write_score_json(std::ostream& out, const Score& score) {
  Json against = Json::array();
  for (const ScenarioResult& result : score.against_correct) {
    against.push_back({{"id", result.id},
                       {"verdict", std::string(to_string(result.verdict))},
                       {"reason", result.reason}});
  }
  Json faults = Json::array();
  for (const FaultResult& fault : score.faults) faults.push_back(to_json(fault));
  const ScoreCounts counts = counts_of(score);
  const Json json{{"tool", "tcprove"},
                  {"version", score.version},
                  {"target", score.target},
                  {"seed", score.seed},
                  {"correct",
                   {{"target", score.correct},
                    {"instances", score.instances},
                    {"against", std::move(against)}}},
                  {"faults", std::move(faults)},
                  {"summary",
                   {{"faults", counts.faults},
                    {"caught", counts.caught},
                    {"by_scenario", counts.by_scenario},
                    {"by_rule", counts.by_rule},
                    {"known_uncaught", counts.known_uncaught},
                    {"missed", counts.missed},
                    {"stale", counts.stale},
                    {"share", counts.share()}}}};
  constexpr int kIndent = 2;
  out << json.dump(kIndent, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace tcprove::report
