#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// The probes so far, where the segment is one more and its time can be judged.
const ShadowProbing* probing_of(const Scene& scene) {
  const bool judged = scene.facts.complete && scene.facts.virtual_clock &&
                      is_window_probe(scene.tcb, *scene.emission);
  return judged ? &scene.tcb.probing : nullptr;
}

/// What was outstanding already when the window closed has a timer of its own.
Verdict first_window_probe_waits(const Scene& scene) {
  const ShadowProbing* probing = probing_of(scene);
  if (probing == nullptr || probing->sent > 0 || !probing->idle || !probing->seen_open) return {};
  const base::Duration interval = scene.now - *probing->closed_since;
  if (interval + kGranularityMax >= kLeastRto) return {};
  return Complaint{
      fmt::format("the window is probed {} after it closed, and the RTO is at least 1s",
                  base::to_string(interval))};
}

/// The first interval may be counted from elsewhere; a timer may have an upper bound.
Verdict window_probes_back_off(const Scene& scene) {
  const ShadowProbing* probing = probing_of(scene);
  if (probing == nullptr || probing->sent < 2 || probing->interval >= kLeastRtoBound) return {};
  const base::Duration interval = scene.now - probing->last;
  if (interval > probing->interval) return {};
  return Complaint{fmt::format("the window is probed again after {}, and the time before was {}",
                               base::to_string(interval), base::to_string(probing->interval))};
}

Verdict closed_window_is_probed(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::WindowProbe);
  if (!scene.overdue(duty) || scene.tcb.user.sets_timeout) return {};
  // Probes that nobody answers may end the connection as lost data does (MUST-37).
  const SendSide& snd = scene.tcb.snd;
  const bool unanswered = snd.una != snd.nxt && !scene.tcb.probing.answered;
  if (unanswered && duty.due - snd.outstanding_since > kMayGiveUpDataAfter) return {};
  // Empty ones leave nothing outstanding.
  const ShadowTcb& tcb = scene.tcb;
  const bool probed_in_vain = tcb.probing.sent > 0 && !tcb.probing.answered;
  if (probed_in_vain && duty.due - tcb.last_arrival > kMayGiveUpDataAfter) return {};
  return Complaint{fmt::format("the window has been closed, and octets from {} on wait, for {} "
                               "without a probe",
                               words_of_stack_number(scene, duty.number),
                               base::to_string(duty.due - duty.since)),
                   duty.event};
}

/// The stack's own word is enough here: by it the connection is gone.
Verdict probed_connection_stays_open(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !tcb.followed || scene.event->state != tcp::State::Closed) return {};
  const bool probed = tcb.probing.closed_since && tcb.probing.sent > 0 && tcb.probing.answered;
  if (!probed || tcb.user.closed || tcb.user.aborted || tcb.reset_arrived) return {};
  if (tcb.user.sets_timeout) return {};  // By the user's word.
  return Complaint{
      fmt::format("the connection ended after {} probes, all answered so far", tcb.probing.sent)};
}

constexpr Rule kRules[] = {
    {"first-window-probe-waits", "SHLD-29", Should, "3.8.6.1", Emits, first_window_probe_waits,
     "A closed window is probed when it has been closed for the RTO, and not before."},
    {"window-probes-back-off", "SHLD-30", Should, "3.8.6.1", Emits, window_probes_back_off,
     "The time between two probes of a closed window grows."},
    {"closed-window-is-probed", "MUST-36", Must, "3.8.6.1", Overdue, closed_window_is_probed,
     "A closed window is probed, again and again, while something waits."},
    {"probed-connection-stays-open", "MUST-37", Must, "3.8.6.1", SaysState,
     probed_connection_stays_open,
     "A closed window does not end the connection while its probes are answered."},
};

}  // namespace

std::span<const Rule> section_3_8_6_1_window_probe() { return kRules; }

}  // namespace tcprove::monitor::rules
