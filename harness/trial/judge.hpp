#pragma once

#include <optional>
#include <span>

#include "harness/monitor/monitor.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::trial {

/// Judges one trace after another with one monitor, whose memory is kept.
class Judge {
 public:
  explicit Judge(const monitor::StackFacts& facts) : monitor_(facts) {}

  /// All violations in `trace`, in the order of their instants.
  ///
  /// `settled`: when the stack, at the trace's last event or later, had done all that it does
  /// without time passing; nothing where the trace was cut off anywhere: what the stack still owed
  /// then proves nothing. Lifetime: until the next call.
  std::span<const monitor::Violation> judge(const trace::Trace& trace,
                                            std::optional<base::Instant> settled);

  /// The cells of the state × event table that the last trace exercised.
  [[nodiscard]] const tcp::CellSet& cells() const { return monitor_.cells(); }

  /// How the stack answered there; of a trace that was cut off, without its last stimulus.
  [[nodiscard]] const tcp::AnsweredCells& answered() const { return monitor_.answered(); }

 private:
  monitor::Monitor monitor_;
};

/// The step under way at the event that shows `violation`, or at its instant where none does;
/// trace::kNoStep where no step was.
trace::StepIndex step_of(const monitor::Violation& violation, const trace::Trace& trace);

}  // namespace tcprove::trial
