#include "harness/cli/capability_needs.hpp"

#include "harness/cli/specs_folder.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove::cli {

std::optional<CapabilityNeeds> count_needs() {
  const auto scenarios =
      scenario::load_scenarios(or_everything({}), {.specs_root = specs_folder()});
  if (!scenarios) return std::nullopt;
  CapabilityNeeds needs;
  for (const scenario::Scenario& scenario : scenarios.value()) {
    for (const scenario::Instance& instance : scenario.instances) {
      const plan::Plan plan = scenario.plan(instance);
      ++needs.instances;
      for (std::size_t i = 0; i < tcp::kCapabilityCount; ++i) {
        if (plan.needs.has(static_cast<tcp::Capability>(i))) ++needs.counts.at(i);
      }
    }
  }
  return needs;
}

}  // namespace tcprove::cli
