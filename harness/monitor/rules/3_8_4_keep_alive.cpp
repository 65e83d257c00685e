#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

constexpr base::Duration kLeastInterval = std::chrono::hours(2);

/// Whether the segment is the first keep-alive of an idle time that did not last two hours.
bool comes_early(const Scene& scene) {
  return scene.tcb.timers.keep_alives == 0 && scene.now - scene.tcb.last_arrival < kLeastInterval;
}

/// A capture does not show what the user asked for.
bool is_judged(const Scene& scene) {
  return scene.facts.complete && is_keep_alive(scene.tcb, *scene.emission);
}

Verdict keep_alive_off_by_default(const Scene& scene) {
  if (!is_judged(scene) || scene.tcb.user.wants_keep_alives || comes_early(scene)) return {};
  return Complaint{"it is a keep-alive, and nobody asked for it"};
}

Verdict keep_alive_waits_two_hours(const Scene& scene) {
  const bool judged = is_judged(scene) && !scene.tcb.user.sets_keep_alive_time;
  if (!judged || !comes_early(scene)) return {};
  return Complaint{fmt::format("it is a keep-alive {} after the peer's latest segment",
                               base::to_string(scene.now - scene.tcb.last_arrival))};
}

Verdict keep_alive_ends(const Scene& scene) {
  if (!is_judged(scene) || !scene.tcb.settings.keep_alive_was_off) return {};
  return Complaint{"it is a keep-alive, and the user has switched them off"};
}

/// What the stack may have dropped begins no interval anew.
Verdict keep_alive_waits(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const std::optional<base::Duration>& interval = tcb.settings.interval_least;
  if (!is_judged(scene) || !interval || tcb.timers.keep_alives > 0) return {};
  const base::Duration idle = scene.now - tcb.timers.heard;
  if (idle + kGranularityMax >= *interval) return {};
  return Complaint{
      fmt::format("it is a keep-alive {} after the peer's latest segment, and the "
                  "interval is {}",
                  base::to_string(idle), base::to_string(*interval))};
}

/// An ACK of no news just left of SND.NXT, by a timer, is there to draw an answer.
Verdict keep_alive_idle(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Emission& e = *scene.emission;
  const SendSide& snd = tcb.snd;
  const bool probes = scene.facts.complete && e.in_connection && tcb.user.wants_keep_alives &&
                      e.at > tcb.last_stimulus && e.segment().len() == 0 &&
                      e.has(wire::Flag::Ack) && !e.has(wire::Flag::Rst) &&
                      e.segment().seq + 1 == snd.nxt && tcb.rcv.acked &&
                      e.segment().ack == tcb.rcv.ack && tcb.rcv.ack == tcb.rcv.arrived.next();
  if (!probes || !snd.edge_now || !ahead(*snd.edge_now, snd.una)) return {};
  const bool time_wait = is_only(tcb.states(scene.now, scene.facts), tcp::State::TimeWait);
  if (time_wait) return Complaint{"it is a keep-alive in TIME-WAIT"};
  if (snd.fin || snd.una_possible == snd.nxt || !tcb.only(tcp::State::Established)) return {};
  return Complaint{
      fmt::format("it is a keep-alive, and what was sent from {} on is not "
                  "acknowledged",
                  words_of_stack_number(scene, snd.una_possible))};
}

Verdict keep_alive_comes(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::KeepAlive);
  if (!scene.overdue(duty) || !scene.tcb.only(tcp::State::Established)) return {};
  return Complaint{
      fmt::format("the connection was idle for {} without a keep-alive, and the longest interval "
                  "that the user has set is {}",
                  base::to_string(duty.due - duty.since),
                  base::to_string(*scene.tcb.settings.interval_most)),
      duty.event};
}

/// The stack's own word is enough here: by it the connection is gone.
Verdict keep_alive_unanswered(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || scene.event->state != tcp::State::Closed || !tcb.followed) return {};
  const bool one = tcb.alone && tcb.user_has_it() && tcb.user.wants_keep_alives &&
                   tcb.timers.keep_alives == 1 && tcb.snd.una == tcb.snd.nxt;
  const bool other_cause = tcb.ended_by_arrival || tcb.reset_arrived || tcb.user.shut ||
                           tcb.user.aborted || tcb.user.sets_timeout || tcb.queued() > 0 ||
                           tcb.fin_possibly_received();
  if (!one || other_cause) return {};
  return Complaint{"the connection ended after one keep-alive that was not answered"};
}

Verdict keep_alive_empty(const Scene& scene) {
  if (!is_judged(scene) || scene.tcb.user.wants_keep_alive_octet) return {};
  if (scene.emission->segment().payload.empty()) return {};
  return Complaint{"it is a keep-alive with an octet, and the user did not ask for one"};
}

constexpr Rule kRules[] = {
    {"keep-alive-is-asked-for", "MUST-25", Must, "3.8.4", Emits, keep_alive_off_by_default,
     "An idle connection is not probed unless the user asked for it."},
    {"keep-alive-waits-two-hours", "MUST-28", Must, "3.8.4", Emits, keep_alive_waits_two_hours,
     "A keep-alive is sent after two hours without a segment of the peer's, and not before."},
    {"keep-alive-can-be-ended", "MUST-24", Must, "3.8.4", Emits, keep_alive_ends,
     "No keep-alive is sent once the user has switched them off."},
    {"keep-alive-waits-interval", "MUST-26", Must, "3.8.4", Emits, keep_alive_waits,
     "A keep-alive waits for the interval that the user has set."},
    {"keep-alive-only-when-idle", "MUST-26", Must, "3.8.4", Emits, keep_alive_idle,
     "No keep-alive is sent while anything is outstanding."},
    {"keep-alive-has-no-octet", "SHLD-12", Should, "3.8.4", EmitsText, keep_alive_empty,
     "A keep-alive carries no octet unless the user asked for one."},
    {"keep-alive-comes-in-time", "MUST-27", Must, "3.8.4", Overdue, keep_alive_comes,
     "A connection that was idle for the user's interval is probed."},
    {"lost-keep-alive-ends-nothing", "MUST-29", Must, "3.8.4", SaysState, keep_alive_unanswered,
     "One keep-alive that is not answered does not end the connection."},
};

}  // namespace

std::span<const Rule> section_3_8_4_keep_alive() { return kRules; }

}  // namespace tcprove::monitor::rules
