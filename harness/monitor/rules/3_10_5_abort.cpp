#include <fmt/format.h>

#include "harness/monitor/rules/checks_3_10.hpp"

namespace tcprove::monitor::rules {

Verdict abort_sends_reset(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::ResetOfAbort);
  if (!scene.overdue(duty)) return {};
  return Complaint{"ABORT sent no RST", duty.event};
}

Verdict abort_succeeds(const Scene& scene) {
  const trace::Event& event = *scene.event;
  const bool due = event.call == tcp::CallKind::Abort && scene.facts.complete &&
                   scene.tcb.duties.of(Owed::ResetOfAbort).owed;
  if (!due || event.status == tcp::CallStatus::Ok) return {};
  return Complaint{
      fmt::format("ABORT of a connection that is there answers {}", to_string(event.status))};
}

}  // namespace tcprove::monitor::rules
