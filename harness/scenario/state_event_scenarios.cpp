#include "harness/scenario/state_event_scenarios.hpp"

#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/cell_plan.hpp"
#include "harness/scenario/problems.hpp"

namespace tcprove::scenario {
namespace {

std::string claim_of(const StateEventRow& row) {
  const std::string where =
      fmt::format("{} in {}", to_string(row.cell.event), to_string(row.cell.state));
  if (!row.impossible.empty()) return fmt::format("{} cannot occur: {}", where, row.impossible);
  std::string next;
  for (const tcp::State state : row.outcome.next) {
    next += (next.empty() ? "" : " or ") + std::string(to_string(state));
  }
  std::string replies;
  for (const Reply& reply : row.outcome.replies) {
    replies += (replies.empty() ? "" : " or ") + reply.text;
  }
  return fmt::format("{} calls for {} and leads to {} ({}).", where, replies, next, row.section);
}

Scenario scenario_of(const StateEventRow& row, std::shared_ptr<const CellPlans> plans) {
  Scenario scenario;
  scenario.id =
      fmt::format("state-event/{}/{}", to_string(row.cell.state), to_string(row.cell.event));
  scenario.file = row.file;
  scenario.claim = claim_of(row);
  if (!row.requirement.empty()) scenario.covers = {row.requirement};
  const std::vector<Trial>& trials = plans->trials();
  for (std::size_t i = 0; i < trials.size(); ++i) {
    for (const wire::IpVersion ip : {wire::IpVersion::V4, wire::IpVersion::V6}) {
      Choice choice{.ip = ip};
      if (trials[i].way != nullptr) choice.role = trials[i].way->role;
      choice.variables.front() = static_cast<std::uint16_t>(i);
      const std::string name = trials[i].name();
      scenario.instances.push_back(
          {.id = fmt::format("{}[{}{}ip={}]", scenario.id, name, name.empty() ? "" : ",",
                             ip == wire::IpVersion::V4 ? 4 : 6),
           .choice = choice});
    }
  }
  scenario.source = std::move(plans);
  return scenario;
}

}  // namespace

base::Result<std::vector<Scenario>> load_state_event_scenarios(
    const std::filesystem::path& specs_root, const Catalogue* catalogue) {
  std::vector<Scenario> scenarios;
  std::error_code error;
  if (!std::filesystem::exists(specs_root / "state-event", error)) return scenarios;
  auto table = load_state_event_table(specs_root / "catalogue/state-event", catalogue);
  auto stimuli = load_stimuli(specs_root / "state-event");
  if (!table || !stimuli) {
    base::Diagnostics errors;
    if (!table) errors = table.error();
    return joined(std::move(errors), stimuli ? base::Diagnostics{} : stimuli.error());
  }
  const auto shared = std::make_shared<const StateEventTable>(std::move(table.value()));
  for (const StateEventRow& row : shared->rows()) {
    scenarios.push_back(
        scenario_of(row, std::make_shared<const CellPlans>(shared, stimuli.value(), row.cell)));
  }
  return scenarios;
}

}  // namespace tcprove::scenario
