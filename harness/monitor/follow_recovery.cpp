// RFC 8985: what a stack that finds losses by time owes, and what it may know of round trips.

#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

/// Section 7.2: PTO with no round trip measured.
constexpr base::Duration kProbeTimeoutAtFirst = std::chrono::seconds(1);

bool finds_losses_by_time(const ShadowTcb& tcb, const StackFacts& facts) {
  return facts.rack_tlp && tcb.snd.options.sack_permitted && tcb.rcv.options.sack_permitted;
}

/// Section 7.2: twice the smoothed round trip, and the longest delay of an ACK.
void owe_probe(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  const base::Duration timeout =
      tcb.recovery.rtt_least ? 2 * tcb.snd.rtt_max : kProbeTimeoutAtFirst;
  tcb.duties.settle(Owed::TailLossProbe);
  tcb.duties.owe(
      Owed::TailLossProbe,
      {.since = at, .due = at + timeout + kAckDelayMax, .number = tcb.snd.nxt, .event = event});
}

/// Section 7.4.2: the probe has repaired a loss where nothing tells that both copies came.
void note_probe_answered(ShadowTcb& tcb, const Arrival& a) {
  ShadowRecovery& recovery = tcb.recovery;
  if (!recovery.probe_end) return;
  const bool again = a.len == 0 && a.ack == tcb.snd.una_possible;
  if (a.twice || again || a.sacked > 0) {
    recovery.probe_end = std::nullopt;
  } else if (ahead(a.ack, *recovery.probe_end)) {
    recovery.reduced = reduction_now(tcb, a.at);
    recovery.probe_end = std::nullopt;
  }
}

/// Section 6.2, RACK_update_reo_wnd: once a round, and for 16 recoveries.
void note_spurious(ShadowTcb& tcb, const Arrival& a) {
  constexpr unsigned kRecoveries = 16;
  ShadowRecovery& recovery = tcb.recovery;
  const bool new_round = recovery.spurious == 0 || !ahead(recovery.spurious_round, a.ack);
  if (!a.twice || !new_round) return;
  ++recovery.spurious;
  recovery.spurious_round = tcb.snd.nxt;
  recovery.spurious_persist = kRecoveries;
}

/// Each recovery sends the front again; what does so without one makes the window no wider than it
/// is.
void note_front_resent(ShadowRecovery& recovery) {
  if (recovery.spurious_persist > 0 && --recovery.spurious_persist == 0) recovery.spurious = 0;
}

}  // namespace

void follow_recovery_ack(ShadowTcb& tcb, const StackFacts& facts, const Arrival& a, bool sure) {
  if (!finds_losses_by_time(tcb, facts)) return;
  ShadowRecovery& recovery = tcb.recovery;
  const SendSide& snd = tcb.snd;
  const bool advances = ahead(a.ack, snd.una_possible);
  note_probe_answered(tcb, a);
  if (advances && snd.una_possible != snd.iss) {
    const base::Duration since = a.at - tcb.flight.last_new;
    recovery.rtt_least = std::min(recovery.rtt_least.value_or(since), since);
  }
  recovery.sacked = a.sacked;
  note_spurious(tcb, a);
  recovery.probes = 0;
  tcb.duties.settle(Owed::TailLossProbe);
  if (advances) tcb.duties.settle(Owed::PassedSegment);
  const bool open = snd.edge_now && ahead(*snd.edge_now, snd.una);
  const bool recovering = tcb.flight.recover && !ahead(a.ack, *tcb.flight.recover);
  if (!sure || !open || recovering) return;
  if (a.sacked > 0 && !advances && tcb.front.sent == 1 && recovery.rtt_least) {
    // The reordering window is at most a smoothed round trip.
    tcb.duties.owe(Owed::PassedSegment,
                   {.since = a.at, .due = a.at + snd.rtt_max, .number = snd.una, .event = a.event});
  }
  const bool outstanding = snd.una_possible != snd.nxt && a.ack != snd.nxt;
  if (a.sacked == 0 && outstanding && !snd.fin) owe_probe(tcb, a.at, a.event);
}

void follow_recovery_emission(ShadowTcb& tcb, const StackFacts& facts, const Emission& e) {
  if (!finds_losses_by_time(tcb, facts) || e.segment().payload.empty()) return;
  ShadowRecovery& recovery = tcb.recovery;
  const SendSide& snd = tcb.snd;
  const bool by_timer = e.at > tcb.last_stimulus;
  tcb.duties.settle(Owed::TailLossProbe);
  if (e.repeats && e.segment().seq == snd.una) {
    tcb.duties.settle(Owed::PassedSegment);
    note_front_resent(recovery);
  }
  if (!e.repeats) recovery.outstanding = snd.una == snd.nxt ? 1 : recovery.outstanding + 1;
  if (by_timer && is_tail_probe(tcb, e)) {
    ++recovery.probes;
    if (e.repeats) recovery.probe_end = e.end();
    return;
  }
  if (e.repeats) {
    recovery.probe_end = std::nullopt;  // Another way to repair.
    return;
  }
  const bool open = snd.edge_now && ahead(*snd.edge_now, snd.una);
  // Not while what a timeout or an ACK had sent again is in flight.
  const bool recovering = tcb.flight.recover && !ahead(snd.una, *tcb.flight.recover);
  if (open && recovery.sacked == 0 && !recovering) owe_probe(tcb, e.at, e.event);
}

bool is_tail_probe(const ShadowTcb& tcb, const Emission& e) {
  const SendSide& snd = tcb.snd;
  const bool outstanding = snd.una == snd.una_possible && snd.una != snd.nxt;
  return e.in_connection && e.at > tcb.last_stimulus && outstanding && tcb.recovery.sacked == 0 &&
         !e.segment().payload.empty() && e.segment().seq != snd.una && !e.has(wire::Flag::Syn) &&
         (e.end() == snd.nxt || ahead(e.end(), snd.nxt));
}

}  // namespace tcprove::monitor
