#include "harness/trial/judge.hpp"

#include <algorithm>
#include <iterator>

namespace tcprove::trial {

std::span<const monitor::Violation> Judge::judge(const trace::Trace& trace,
                                                 std::optional<base::Instant> settled) {
  monitor_.restart(trace.connections, trace.iss_planned);
  const std::span<const trace::Event> events = trace.events();
  for (std::size_t i = 0; i < events.size(); ++i) {
    monitor_.observe(events[i], trace.octets_of(events[i]), i);
  }
  if (settled) {
    // An expectation that waits leaves no event, but time has passed.
    monitor_.observe({.at = *settled, .kind = trace::EventKind::Waited}, {}, events.size());
    monitor_.finish();
  }
  return monitor_.violations();
}

trace::StepIndex step_of(const monitor::Violation& violation, const trace::Trace& trace) {
  const std::span<const trace::Event> events = trace.events();
  if (violation.event < events.size()) return events[violation.event].step;
  const auto later = std::ranges::upper_bound(events, violation.at, {}, &trace::Event::at);
  return later == events.begin() ? trace::kNoStep : std::prev(later)->step;
}

}  // namespace tcprove::trial
