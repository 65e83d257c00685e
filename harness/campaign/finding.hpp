#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "harness/monitor/violation.hpp"
#include "harness/trace/trace.hpp"
#include "harness/trial/judged_player.hpp"

namespace tcprove::campaign {

inline constexpr std::string_view kCrash = "crash";
inline constexpr std::string_view kHang = "hang";
/// The engine gave up: the stack emits, or its timers fire, without end.
inline constexpr std::string_view kEndless = "endless";

/// What makes one finding another: the same rule broken in the same state is the same one.
struct FindingKind {
  std::string requirement;  ///< Of the catalogue; empty for what is not a rule's.
  std::string rule;         ///< Of the monitor, or kCrash, kHang, kEndless.
  /// That the connection was in before, as the stack said it; of a crash its signal and what the
  /// process printed, without numbers.
  std::string state;

  // clang-tidy 14 takes the 0 that it compares with for a pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  auto operator<=>(const FindingKind&) const = default;

  /// Whether it is one of the monitor's.
  [[nodiscard]] bool is_violation() const { return !requirement.empty(); }
};

/// A name for files: `MUST-13.time-wait-lasts-two-msl.TIME-WAIT`.
std::string stem_of(const FindingKind& kind);

/// What one play of a plan showed of the stack.
struct Shown {
  FindingKind kind;
  monitor::Violation violation;  ///< Of a crash, a hang or an endless play only the message.
};

/// All that a play showed, each kind once: violations of what is a MUST or a SHOULD, and an end
/// that is the stack's fault.
std::vector<Shown> findings_of(const trial::Judged& judged, const trace::Trace& trace);

/// What it showed that the process died; `reason` as in engine::LostJob.
Shown finding_of_death(std::string_view reason);

}  // namespace tcprove::campaign
