#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::CallStatus;
using tcp::State;

/// The stack's own word is enough here: by it the connection is gone.
Verdict reset_outside_window_survived(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const State state = scene.event->state;
  if (state != State::Closed && state != State::Listen) return {};
  const Arrival* last = tcb.arrival(0);
  const bool reset_came = last != nullptr && last->has(wire::Flag::Rst) && last->plain;
  if (!reset_came || last->at != scene.now || tcb.last_stimulus != scene.now) return {};
  if (!tcb.surely_synchronized(scene.now, scene.facts) || !tcb.surely_unacceptable(*last)) {
    return {};
  }
  return Complaint{"a RST outside the window ended the connection"};
}

Verdict reset_reported_after_reset(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !tcb.followed || scene.event->status != CallStatus::Reset) return {};
  if (tcb.reset_arrived || tcb.reset_emitted || tcb.user.closed || tcb.user.aborted) return {};
  // The handle may still be that of a connection before.
  if (!tcb.user.reads_known || !tcb.surely_synchronized(scene.now, scene.facts)) return {};
  return Complaint{"the user is told of a reset, and no RST reached or left the stack"};
}

constexpr Rule kRules[] = {
    {"reset-needs-a-reset", "MUST-12", Must, "3.6", Answers, reset_reported_after_reset,
     "The user is told of a reset only where a RST ended the connection."},
    {"reset-outside-window-is-survived", "3.5.3-reset-outside-window-invalid", Must, "3.5.3",
     SaysState, reset_outside_window_survived,
     "A RST outside the window does not end the connection."},
};

}  // namespace

std::span<const Rule> section_3_5_3_reset_processing() { return kRules; }

}  // namespace tcprove::monitor::rules
