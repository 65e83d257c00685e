#include "harness/campaign/offered_part.hpp"

#include "harness/plan/plan_octets.hpp"
#include "harness/scenario/compile.hpp"

namespace tcprove::campaign {

plan::Plan scenario_plan_of(wire::Octets octets) {
  plan::Plan plan = plan::plan_of(octets);
  scenario::add_needs_of_steps(plan);
  return plan;
}

OctetVector offered_part(const OctetVector& octets, const tcp::Capabilities& offered) {
  plan::Plan plan = plan::plan_of(octets);
  std::size_t changes = 0;
  for (plan::Step& step : plan.steps) {
    auto* call = std::get_if<plan::Call>(&step.action);
    if (call == nullptr || !call->urgent || offered.has(tcp::Capability::UrgentSend)) continue;
    call->urgent = false;
    ++changes;
  }
  changes += std::erase_if(plan.steps, [&](const plan::Step& step) {
    tcp::Capabilities needs;
    scenario::add_needs_of(step, plan.connections, needs);
    return !offered.covers(needs);
  });
  return changes == 0 ? octets : plan::octets_of(plan).value_or(octets);
}

}  // namespace tcprove::campaign
