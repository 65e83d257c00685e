#include "harness/cli/played_result.hpp"

#include <string_view>
#include <utility>

#include "harness/base/check.hpp"
#include "harness/cli/choices.hpp"
#include "harness/cli/judgement.hpp"

namespace tcprove::cli {
namespace {

monitor::Level level_of(std::string_view level) {
  if (level.starts_with("MUST")) return monitor::Level::Must;
  // A procedure that a standards-track RFC describes without key words binds less than one with
  // them.
  if (level.starts_with("SHOULD") || level.starts_with("REC") || level == "DESCRIPTIVE") {
    return monitor::Level::Should;
  }
  return monitor::Level::May;
}

std::vector<Covered> covered_by(const scenario::Scenario& scenario,
                                const scenario::Catalogue& catalogue) {
  std::vector<Covered> covered;
  for (const std::string& id : scenario.covers) {
    const scenario::Requirement* const requirement = catalogue.find(id);
    TCPROVE_CHECK(requirement != nullptr, "the loader refuses ids that are not in the catalogue");
    covered.push_back(
        {.id = id, .level = level_of(requirement->level), .section = requirement->section});
  }
  return covered;
}

}  // namespace

report::ScenarioResult result_of(const PlayJob& job, Play play,
                                 const scenario::Catalogue& catalogue, KnownDeviations* known) {
  const scenario::Scenario& scenario = *job.scenario;
  report::ScenarioResult result{.id = job.instance->id,
                                .instance = job.instance->id.substr(scenario.id.size()),
                                .file = scenario.file,
                                .claim = scenario.claim,
                                .requirements = scenario.covers,
                                .wall_time = play.wall_time};
  const plan::Plan plan = plan_of(job);
  result.choices = choices_of(plan, play.outcome);
  std::vector<Finding> findings = judge(play, plan, covered_by(scenario, catalogue), result);
  if (known != nullptr) {
    known->conclude(std::move(findings), result, to_options(job.row));
  } else {
    conclude(findings, result);
  }
  if (play.trace) {
    result.absolute_numbers = plan.absolute_numbers;
    result.peer_iss = plan.peer_iss;
    for (const plan::Step& step : plan.steps) result.steps.push_back(step.text);
    for (const plan::Connection& connection : plan.connections) {
      result.connections.push_back(connection.name);
    }
    result.trace = std::move(*play.trace);
  }
  return result;
}

}  // namespace tcprove::cli
