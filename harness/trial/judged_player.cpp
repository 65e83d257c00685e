#include "harness/trial/judged_player.hpp"

#include <optional>

#include "harness/trial/stack_facts.hpp"

namespace tcprove::trial {
namespace {

/// So often at most: what a busy machine was too late to see once it may see the next time.
constexpr int kPlaysMax = 3;

bool is_to_be_played_again(const engine::Outcome& outcome) {
  return outcome.kind == engine::Outcome::Kind::Inconclusive &&
         outcome.virtual_time < JudgedPlayer::kShortPlay;
}

}  // namespace

JudgedPlayer::JudgedPlayer(adapter::Adapter& adapter)
    : player_(adapter), judge_(facts_of(adapter.profile())) {}

Judged JudgedPlayer::play(const plan::Plan& plan, std::uint64_t seed,
                          const engine::Conditions& conditions) {
  Judged judged = play_once(plan, seed, conditions);
  for (int plays = 1; plays < kPlaysMax && is_to_be_played_again(judged.outcome); ++plays) {
    judged = play_once(plan, seed, conditions);
  }
  return judged;
}

Judged JudgedPlayer::play_once(const plan::Plan& plan, std::uint64_t seed,
                               const engine::Conditions& conditions) {
  Judged judged{.outcome = player_.play(plan, seed, conditions), .violations = {}, .cells = {}};
  engine::Outcome& outcome = judged.outcome;
  using Kind = engine::Outcome::Kind;
  if (outcome.kind == Kind::Unsupported && !outcome.still_judged) return judged;
  if (conditions.batch) return judged;
  if (outcome.kind == Kind::Inconclusive) return judged;
  std::optional<base::Instant> settled;
  const bool ended = outcome.kind != engine::Outcome::Kind::Error && !trace().truncated();
  if (ended) settled = base::Instant(outcome.virtual_time);
  judged.violations = judge_.judge(trace(), settled);
  judged.cells = judge_.cells();
  if (!judged.violations.empty() && outcome.lateness > engine::kLatenessMax) {
    outcome.kind = Kind::Inconclusive;
    outcome.reason = engine::too_late(outcome.lateness);
    judged.violations = {};
  }
  return judged;
}

}  // namespace tcprove::trial
