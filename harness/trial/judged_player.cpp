#include "harness/trial/judged_player.hpp"

#include <optional>

#include "harness/trial/stack_facts.hpp"

namespace tcprove::trial {

JudgedPlayer::JudgedPlayer(adapter::Adapter& adapter)
    : player_(adapter), judge_(facts_of(adapter.profile())) {}

Judged JudgedPlayer::play(const plan::Plan& plan, std::uint64_t seed,
                          const engine::Conditions& conditions) {
  Judged judged{.outcome = player_.play(plan, seed, conditions), .violations = {}, .cells = {}};
  const engine::Outcome& outcome = judged.outcome;
  if (outcome.kind == engine::Outcome::Kind::Unsupported || conditions.batch) return judged;
  std::optional<base::Instant> settled;
  const bool ended = outcome.kind != engine::Outcome::Kind::Error && !trace().truncated();
  if (ended) settled = base::Instant(outcome.virtual_time);
  judged.violations = judge_.judge(trace(), settled);
  judged.cells = judge_.cells();
  return judged;
}

}  // namespace tcprove::trial
