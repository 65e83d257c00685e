#include <algorithm>

#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// 2 MSL count at the latest from when both FINs and the ACK of the stack's were there.
Verdict time_wait_lasts(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (scene.event->state != tcp::State::Closed || !tcb.followed || !tcb.time_wait_since) return {};
  const bool ended_otherwise = tcb.reset_arrived || tcb.reset_emitted || tcb.user.aborted;
  const bool restarted_alone = scene.now >= *tcb.time_wait_since + 2 * scene.facts.msl;
  if (ended_otherwise || restarted_alone ||
      !is_only(tcb.states(scene.now, scene.facts), tcp::State::TimeWait)) {
    return {};
  }
  return Complaint{fmt::format("TIME-WAIT ended after {}; 2 MSL are {}",
                               base::to_string(scene.now - *tcb.time_wait_since),
                               base::to_string(2 * scene.facts.msl))};
}

Verdict time_wait_restarts(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (scene.event->state != tcp::State::Closed || !tcb.followed || !tcb.time_wait_restarted) {
    return {};
  }
  const bool ended_otherwise = tcb.reset_arrived || tcb.reset_emitted || tcb.user.aborted;
  const bool lasted = scene.now >= *tcb.time_wait_since + 2 * scene.facts.msl;
  if (ended_otherwise || !lasted ||
      !is_only(tcb.states(scene.now, scene.facts), tcp::State::TimeWait)) {
    return {};
  }
  return Complaint{fmt::format("TIME-WAIT ended {} after the peer's FIN came again; 2 MSL are {}",
                               base::to_string(scene.now - *tcb.time_wait_restarted),
                               base::to_string(2 * scene.facts.msl))};
}

/// A stack may wait for longer than it says, but not than RFC 9293's own MSL of two minutes asks,
/// and whatever comes may restart the time.
Verdict time_wait_ends(const Scene& scene) {
  constexpr base::Duration kMsl = std::chrono::minutes(2);
  constexpr base::Duration kGranularityMax = std::chrono::seconds(1);
  const ShadowTcb& tcb = scene.tcb;
  const bool told = scene.facts.complete && scene.facts.virtual_clock && scene.state_is_current &&
                    tcb.said == tcp::State::TimeWait;
  if (!told || !tcb.time_wait_since) return {};
  const base::Duration waited = scene.now - std::max(*tcb.time_wait_since, tcb.last_arrival);
  if (waited <= 2 * std::max(kMsl, scene.facts.msl) + kGranularityMax) return {};
  return Complaint{
      fmt::format("TIME-WAIT goes on {} after the last segment came", base::to_string(waited))};
}

Verdict time_wait_fin_acknowledged(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfTimeWaitFin);
  if (!scene.overdue(duty)) return {};
  return Complaint{"the FIN that came again in TIME-WAIT was not acknowledged", duty.event};
}

/// The peer's SYN that the segment accepts straight from TIME-WAIT; nothing where it does not.
const Arrival* reopening_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || e.syn != SynKind::Reopens || !e.has(wire::Flag::Ack)) return nullptr;
  if (!tcb.time_wait_syn_may_be_newer || tcb.last_arrival != scene.now) return nullptr;
  return acknowledged_syn(tcb, e.segment());
}

Verdict time_wait_reopens_further(const Scene& scene) {
  const SendSide& snd = scene.tcb.snd;
  if (reopening_syn(scene) == nullptr || !ahead(snd.nxt, scene.emission->segment().seq)) return {};
  return Complaint{fmt::format("the new ISS lies {} before SND.NXT of the connection before",
                               wire::distance(scene.emission->segment().seq, snd.nxt))};
}

/// RFC 6191 asks it of those who have timestamps; else it is an option (MAY-2).
Verdict time_wait_reopened(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::SynAckOfTimeWait);
  if (!scene.facts.timestamps || !scene.overdue(duty)) return {};
  if (!ahead(duty.number, scene.tcb.rcv.nxt)) return {};  // Else its timestamp decides.
  return Complaint{"a SYN with a higher number did not open a connection out of TIME-WAIT",
                   duty.event};
}

Verdict time_wait_reopened_by_stamp(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::SynAckOfTimeWait);
  if (!scene.facts.timestamps || !scene.overdue(duty)) return {};
  if (ahead(duty.number, scene.tcb.rcv.nxt)) return {};
  return Complaint{"a SYN with a newer timestamp did not open a connection out of TIME-WAIT",
                   duty.event};
}

Verdict time_wait_reopens_for_newer_syn(const Scene& scene) {
  if (reopening_syn(scene) == nullptr || *scene.tcb.time_wait_syn_may_be_newer) return {};
  return Complaint{"the SYN that opens a new connection is no newer than the one before"};
}

constexpr Rule kRules[] = {
    {"time-wait-reopens-further", "MAY-2", Must, "3.6.1", EmitsSyn, time_wait_reopens_further,
     "A connection opened straight from TIME-WAIT begins past the numbers of the one before."},
    {"time-wait-reopens-for-newer-syn", "RFC6191-2", Should, "2", EmitsSyn,
     time_wait_reopens_for_newer_syn,
     "Only a SYN with a higher number or a newer timestamp opens a connection from TIME-WAIT."},
    {"fin-in-time-wait-is-acknowledged", "3.10.7.4-time-wait-restarts-on-fin", Must, "3.10.7.4",
     Overdue, time_wait_fin_acknowledged,
     "The peer's FIN that comes again in TIME-WAIT is acknowledged."},
    {"newer-syn-opens-from-time-wait", "RFC6191-3", Should, "2", Overdue, time_wait_reopened,
     "A SYN with a higher number ends TIME-WAIT.", &StackFacts::timestamps},
    {"newer-stamp-opens-from-time-wait", "SHLD-4", Should, "3.6.1", Overdue,
     time_wait_reopened_by_stamp, "A SYN with a newer timestamp ends TIME-WAIT.",
     &StackFacts::timestamps},
    {"time-wait-ends", "3.10.8-time-wait-timeout-deletes", Must, "3.10.8", Quiet, time_wait_ends,
     "TIME-WAIT ends."},
    {"time-wait-lasts-two-msl", "MUST-13", Must, "3.6.1", SaysState, time_wait_lasts,
     "TIME-WAIT lasts 2 MSL."},
    {"time-wait-restarts-on-fin", "3.10.7.4-time-wait-restarts-on-fin", Must, "3.10.7.4", SaysState,
     time_wait_restarts, "The peer's FIN that comes again in TIME-WAIT restarts its 2 MSL."},
};

}  // namespace

std::span<const Rule> section_3_6_1_time_wait() { return kRules; }

}  // namespace tcprove::monitor::rules
