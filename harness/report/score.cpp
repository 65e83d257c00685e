#include "harness/report/score.hpp"

#include <algorithm>

namespace tcprove::report {

bool Score::holds() const {
  return against_correct.empty() && std::ranges::all_of(faults, &FaultResult::as_known);
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
