#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/engine/conditions.hpp"
#include "harness/engine/outcome.hpp"
#include "harness/plan/plan.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::engine {

/// How long an `expect` without `within` waits: a delayed ACK is legal up to there (RFC 9293
/// MUST-58).
inline constexpr base::Duration kPatience = std::chrono::milliseconds(500);

/// The most octets of one SEND or RECEIVE (specs/README.md, Limits).
inline constexpr std::int64_t kCallOctetsMax = 1'048'576;

/// Plays plans on one adapter; the clock, the seed and the trace are in its hands.
///
/// The same plan, seed and stack give the same trace, octet for octet, where the stack's time is
/// virtual. Buffers are kept from plan to plan: a warm player does not allocate per segment.
/// Lifetime: keeps the adapter.
class Player {
 public:
  explicit Player(adapter::Adapter& adapter);
  ~Player();

  /// Resets the stack and plays `plan` until its end or its first step that does not hold.
  Outcome play(const plan::Plan& plan, std::uint64_t seed, const Conditions& conditions = {});

  /// All that happened in the last play(); while it runs, all so far.
  [[nodiscard]] const trace::Trace& trace() const;

  /// A stack may emit so many packets in one step before the play ends with an error.
  static constexpr std::size_t kEmissionsPerStepMax = 100'000;
  /// A stack's timers may fire so often without its clock moving.
  static constexpr int kFiringsPerInstantMax = 10'000;
  /// A play that takes longer on a real clock is unsupported.
  static constexpr base::Duration kRealTimeMax = std::chrono::seconds(150);
  /// A timer on a real clock may be late by this part of its time: a kernel has timers by the
  /// million and rounds them up to a grid, a coarser one the longer they are.
  static constexpr int kTimerCoarseness = 8;
  /// How far the clock is moved at once where the stack cannot name its next deadline.
  static constexpr base::Duration kStrideWithoutDeadlines = std::chrono::milliseconds(10);

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

}  // namespace tcprove::engine
