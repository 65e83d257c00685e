#include "harness/report/score.hpp"

#include <algorithm>

namespace tcprove::report {

bool Score::holds() const {
  return against_correct.empty() && std::ranges::all_of(faults, &FaultResult::as_known) &&
         std::ranges::all_of(requirements, &RequirementProof::as_known) &&
         (!instances_tried || instances_tried->as_known());
}

bool RequirementProof::proven() const {
  return std::ranges::any_of(faults, [](const FaultProof& f) { return !f.scenario.empty(); });
}

bool InstanceScore::as_known() const {
  return stale.empty() &&
         std::ranges::none_of(doubts, [](const Doubt& d) { return d.known_reason.empty(); });
}

ScoreCounts counts_of(const Score& score) {
  ScoreCounts counts{.faults = score.faults.size()};
  for (const FaultResult& fault : score.faults) {
    if (fault.scenario) ++counts.by_scenario;
    if (fault.rule) ++counts.by_rule;
    if (fault.caught()) ++counts.caught;
    const bool known = !fault.known_reason.empty();
    if (fault.caught() && known) ++counts.stale;
    if (!fault.caught()) ++(known ? counts.known_uncaught : counts.missed);
  }
  return counts;
}

}  // namespace tcprove::report
