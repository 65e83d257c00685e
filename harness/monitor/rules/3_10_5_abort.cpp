#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

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

constexpr Rule kRules[] = {
    {"abort-sends-reset", "3.10.5-abort-sends-reset", Must, "3.10.5", Overdue, abort_sends_reset,
     "ABORT of a connection sends a RST."},
    {"abort-succeeds", "3.10.5-abort-succeeds", Must, "3.10.5", Answers, abort_succeeds,
     "ABORT of a connection succeeds."},
};

}  // namespace

std::span<const Rule> section_3_10_5_abort() { return kRules; }

}  // namespace tcprove::monitor::rules
