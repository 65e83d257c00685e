#include "harness/report/json.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "harness/report/comparison.hpp"
#include "harness/report/matrix_json.hpp"
#include "harness/report/profile_json.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/tally.hpp"

namespace tcprove::report {
namespace {

using Json = nlohmann::ordered_json;

/// Whole where it is whole.
Json milliseconds(base::Duration d) {
  constexpr base::Duration kMillisecond = std::chrono::milliseconds(1);
  if (d % kMillisecond == base::Duration::zero()) return d / kMillisecond;
  return std::chrono::duration<double, std::milli>(d).count();
}

Json to_json(const monitor::Violation& violation) {
  return {{"requirement", violation.requirement},
          {"level", std::string(monitor::to_string(violation.level))},
          {"section", violation.section},
          {"rule", violation.rule},
          {"message", violation.message},
          {"at_ms", milliseconds(violation.at.time_since_epoch())},
          {"line", violation.line},
          {"file", violation.file}};
}

Json to_json(const ScenarioResult& result) {
  Json violations = Json::array();
  for (const monitor::Violation& violation : result.violations) {
    violations.push_back(to_json(violation));
  }
  return {{"id", result.id},
          {"file", result.file},
          {"verdict", std::string(to_string(result.verdict))},
          {"reason", result.reason},
          {"requirements", result.requirements},
          {"violations", std::move(violations)},
          {"virtual_ms", milliseconds(result.virtual_time)},
          {"wall_us", result.wall_time.count()}};
}

Json to_json(const RequirementResult& requirement) {
  Json json{{"id", requirement.id}, {"level", requirement.level}, {"verdict", requirement.verdict}};
  if (!requirement.reason.empty()) json["reason"] = requirement.reason;
  if (!requirement.rules.empty()) json["rules"] = requirement.rules;
  return json;
}

Json to_json(const StaleDeviation& stale) {
  return {{"file", stale.file},
          {"line", stale.line},
          {"rule", stale.rule},
          {"scenario", stale.scenario},
          {"requirement", stale.requirement}};
}

/// Each cell as the id of its scenarios ends: `FIN-WAIT-1/fin-ok`.
Json to_json(const tcp::CellSet& cells) {
  Json exercised = Json::array();
  Json not_exercised = Json::array();
  for (std::size_t i = 0; i < tcp::kCellCount; ++i) {
    const tcp::Cell cell = tcp::Cell::at(i);
    const std::string name =
        std::string(to_string(cell.state)) + "/" + std::string(to_string(cell.event));
    (cells.has(cell) ? exercised : not_exercised).push_back(name);
  }
  return {{"exercised", std::move(exercised)}, {"not_exercised", std::move(not_exercised)}};
}

Json summary_of(const RunResult& run) {
  const Tally tally = tally_of(run.scenarios);
  Json json = Json::object();
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    json[std::string(to_string(verdict))] = tally[verdict];
  }
  Json& requirements = json["requirements"] = Json::object();
  for (const std::string_view verdict : kRequirementVerdicts) {
    requirements[std::string(verdict)] =
        std::ranges::count(run.requirements, verdict, &RequirementResult::verdict);
  }
  if (!run.stale.empty()) json["stale"] = run.stale.size();
  if (run.not_played > 0) json["not_played"] = run.not_played;
  return json;
}

Json to_json(const RunResult& run) {
  Json scenarios = Json::array();
  for (const ScenarioResult& result : run.scenarios) scenarios.push_back(to_json(result));
  Json requirements = Json::array();
  for (const RequirementResult& r : run.requirements) requirements.push_back(to_json(r));
  Json stale = Json::array();
  for (const StaleDeviation& s : run.stale) stale.push_back(to_json(s));
  Json json{{"tool", "tcprove"},
            {"version", run.version},
            {"target", run.target},
            {"seed", run.seed},
            {"scenarios", std::move(scenarios)},
            {"requirements", std::move(requirements)},
            {"state_event", to_json(run.cells)},
            {"summary", summary_of(run)}};
  if (!stale.empty()) json["stale"] = std::move(stale);
  if (run.profile.facts != profile::Facts{}) json["profile"] = to_json(run.profile);
  if (run.matrix) json["matrix"] = to_json(*run.matrix);
  return json;
}

/// Each requirement once, with what came of it on each target.
Json comparison_of(std::span<const RunResult> runs) {
  Json rows = Json::array();
  for (const ComparedRequirement& row : compared(runs)) {
    Json verdicts = Json::object();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      verdicts[runs[i].target] = row.by_target[i]->verdict;
    }
    rows.push_back({{"id", row.id()}, {"level", row.level()}, {"verdicts", std::move(verdicts)}});
  }
  return rows;
}

void dump(std::ostream& out, const Json& json) {
  constexpr int kIndent = 2;
  out << json.dump(kIndent, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace

void write_json(std::ostream& out, const RunResult& run) { dump(out, to_json(run)); }

void write_json(std::ostream& out, std::span<const RunResult> runs) {
  Json targets = Json::array();
  for (const RunResult& run : runs) targets.push_back(to_json(run));
  dump(out, {{"tool", "tcprove"},
             {"version", runs.empty() ? std::string() : runs.front().version},
             {"targets", std::move(targets)},
             {"requirements", comparison_of(runs)}});
}

}  // namespace tcprove::report
