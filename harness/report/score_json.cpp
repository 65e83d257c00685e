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

Json to_json(const RequirementProof& row) {
  Json faults = Json::array();
  for (const FaultProof& f : row.faults) {
    Json scenario = nullptr;
    if (!f.scenario.empty()) scenario = f.scenario;
    faults.push_back({{"name", f.fault}, {"scenario", std::move(scenario)}});
  }
  Json json{{"id", row.id},
            {"level", row.level},
            {"needed", row.needed},
            {"proven", row.proven()},
            {"faults", std::move(faults)}};
  if (!row.known_reason.empty()) json["known_reason"] = row.known_reason;
  return json;
}

Json to_json(const InstanceScore& tried) {
  Json doubts = Json::array();
  for (const Doubt& doubt : tried.doubts) {
    Json json{{"id", doubt.id},
              {"passes", doubt.why == Doubt::Why::NoFaultBreaksIt ? "faults" : "silence"}};
    if (!doubt.known_reason.empty()) json["known_reason"] = doubt.known_reason;
    doubts.push_back(std::move(json));
  }
  return {{"tried", tried.tried},
          {"by_step", tried.by_step},
          {"by_rule_alone", tried.by_rule},
          {"doubts", std::move(doubts)},
          {"stale", tried.stale}};
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
  Json json{{"tool", "tcprove"},
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
  if (score.instances_tried) {
    Json& requirements = json["requirements"] = Json::array();
    for (const RequirementProof& row : score.requirements) requirements.push_back(to_json(row));
    json["instances"] = to_json(*score.instances_tried);
  }
  constexpr int kIndent = 2;
  out << json.dump(kIndent, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace tcprove::report
