#pragma once

#include <cstdint>
#include <span>

#include "harness/engine/player.hpp"
#include "harness/trial/judge.hpp"

namespace tcprove::trial {

/// What a play came to, and what the monitor found in its trace.
///
/// Lifetime: `violations` until the player's next play.
struct Judged {
  engine::Outcome outcome;
  std::span<const monitor::Violation> violations;
  tcp::CellSet cells;  ///< Of the state × event table, that it exercised.
};

/// Plays plans on one adapter and has the monitor judge each trace, always.
///
/// Lifetime: keeps the adapter.
class JudgedPlayer {
 public:
  explicit JudgedPlayer(adapter::Adapter& adapter);

  /// As engine::Player::play(). Of a plan that is unsupported nothing is judged, unless it was
  /// a service that stood in its way; nor where segments come in batches: what a stack knew of a
  /// batch when it answered, and in which states it was amid it, does not show. On a real clock, a
  /// short play for which the machine was too late is made again, as it says nothing, whatever came
  /// of it.
  Judged play(const plan::Plan& plan, std::uint64_t seed,
              const engine::Conditions& conditions = {});

  static constexpr base::Duration kShortPlay = std::chrono::seconds(20);

  /// As engine::Player::trace().
  [[nodiscard]] const trace::Trace& trace() const { return player_.trace(); }

  /// As Judge::answered(); of a plan that was unsupported, of the one before.
  [[nodiscard]] const tcp::AnsweredCells& answered() const { return judge_.answered(); }

 private:
  Judged play_once(const plan::Plan& plan, std::uint64_t seed,
                   const engine::Conditions& conditions);

  engine::Player player_;
  Judge judge_;
};

}  // namespace tcprove::trial
