#include <algorithm>

#include "harness/monitor/answers.hpp"
#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using wire::Flag;

constexpr base::Duration kRtoAfterLostSyn = std::chrono::seconds(3);

/// Nothing reached the stack and no user called at this instant, so that a timer is the cause.
bool by_timer(const ShadowTcb& tcb, const Emission& e) { return e.at > tcb.last_stimulus; }

void note_time_out(ShadowTcb& tcb, const Emission& e) {
  ShadowTimers& timers = tcb.timers;
  const FrontOfQueue& front = tcb.front;
  const bool again = e.repeats && front.sent > 0 && e.segment().seq == front.seq;
  if (again) {
    timers.front_timed_out = front.undisturbed && by_timer(tcb, e) && !tcb.window_may_be_closed();
  }
  if (again || front.sent == 0) timers.front_end = e.end();
  const bool early = e.at - front.last + kGranularityMax < kRtoAfterLostSyn;
  if (again && e.syn == SynKind::Repeat && !e.has(Flag::Ack) && front.undisturbed && early) {
    timers.syn_timed_out_early = true;
  }
}

}  // namespace

bool is_window_probe(const ShadowTcb& tcb, const Emission& e) {
  if (!tcb.probing.closed_since || !e.in_connection || !by_timer(tcb, e)) return false;
  if (e.has(Flag::Syn) || e.has(Flag::Rst)) return false;
  const bool idle = tcb.snd.una == tcb.snd.nxt && tcb.queued() == 0;
  if (idle && tcb.user.wants_keep_alives) return false;  // It looks the same.
  const bool from_una = e.segment().len() > 0 && e.segment().seq == tcb.snd.una;
  return from_una || e.segment().seq + 1 == tcb.snd.una;
}

bool is_keep_alive(const ShadowTcb& tcb, const Emission& e) {
  const SendSide& snd = tcb.snd;
  if (!e.in_connection || !by_timer(tcb, e) || !tcb.only(tcp::State::Established)) return false;
  if (e.has(Flag::Syn) || e.has(Flag::Fin) || e.segment().payload.size() > 1) return false;
  const bool idle = snd.una == snd.nxt && snd.una_possible == snd.nxt;
  const bool open = snd.edge_now && ahead(*snd.edge_now, snd.nxt);
  return idle && open && e.segment().seq + 1 == snd.nxt;
}

void follow_timers(ShadowTcb& tcb, const Emission& e) {
  if (is_keep_alive(tcb, e)) ++tcb.timers.keep_alives;
  if (ahead(e.end(), tcb.snd.una_possible)) {
    note_time_out(tcb, e);
  } else if (e.repeats && by_timer(tcb, e) && !is_keep_alive(tcb, e)) {
    // The ACK of it was dropped: the RTO doubles, and until which ACK is not clear.
    tcb.timers.sampled = false;
  }
  if (tcb.snd.una == tcb.snd.nxt) tcb.timers.busy_since = e.at;
  if (!is_window_probe(tcb, e)) return;
  ShadowProbing& probing = tcb.probing;
  probing.interval = e.at - (probing.sent == 0 ? *probing.closed_since : probing.last);
  probing.last = e.at;
  probing.answered = false;
  ++probing.sent;
}

/// Karn's algorithm (RFC 6298 section 3): which copy was acknowledged nobody can tell, so the RTO
/// stays doubled until something else is.
void follow_front_acknowledged(ShadowTcb& tcb, const Arrival& a) {
  ShadowTimers& timers = tcb.timers;
  const FrontOfQueue& front = tcb.front;
  const bool ambiguous = front.seq != tcb.snd.iss && front.sent >= 2 && timers.front_timed_out &&
                         !ahead(a.ack, timers.front_end) && !tcb.timestamps();
  timers.backed_off = ambiguous ? std::optional(2 * front.interval) : std::nullopt;
  timers.front_timed_out = false;
}

void follow_window(ShadowTcb& tcb, const Arrival& a) {
  const SendSide& snd = tcb.snd;
  ShadowProbing& probing = tcb.probing;
  tcb.timers.keep_alives = 0;
  const bool closed = tcb.only(tcp::State::Established) && snd.edge_now &&
                      !ahead(*snd.edge_now, snd.una) && snd.una == snd.una_possible;
  if (!closed) {
    probing = {.seen_open = snd.edge_now && ahead(*snd.edge_now, snd.una)};
  } else if (!probing.closed_since || probing.una != snd.una) {
    probing = {.closed_since = a.at,
               .seen_open = probing.seen_open && !probing.closed_since,
               .una = snd.una,
               .idle = snd.una == snd.nxt};
  } else if (a.plain && tcb.ack_is_in_range(a) && tcb.surely_acceptable(a) &&
             timestamp_passes(tcb, a)) {  // What the stack may drop answers no probe.
    probing.answered = true;
  }
}

/// A segment that nothing stood before, sent once and acknowledged alone, must be timed (RFC 6298
/// section 4); timestamps may tell another round trip.
void note_sample(ShadowTcb& tcb, const Arrival& a, bool sure) {
  const FrontOfQueue& front = tcb.front;
  const bool alone = sure && front.sent == 1 && front.alone && a.ack == tcb.snd.nxt;
  if (alone && front.seq != tcb.snd.iss && !tcb.timestamps()) tcb.timers.sampled = true;
}

/// RFC 6298 section 2.3: SRTT + 4 RTTVAR, where neither is more than the longest round trip. Some
/// have a minimum of 3 s, as the RTO had before it was measured.
void owe_timeout(ShadowTcb& tcb, const Emission& e) {
  constexpr base::Duration kLeastBound = std::chrono::seconds(3);
  const bool judged = tcb.timers.sampled && !tcb.timers.backed_off && tcb.front.alone &&
                      tcb.front.in_window && !e.segment().payload.empty() && !tcb.timestamps() &&
                      !tcb.user.sets_timeout && tcb.only(tcp::State::Established);
  if (!judged) return;
  const base::Duration rto = std::max(kLeastBound, 5 * tcb.snd.rtt_max);
  tcb.duties.owe(Owed::Timeout, {.since = e.at,
                                 .due = e.at + rto + 2 * kGranularityMax,
                                 .number = e.segment().seq,
                                 .event = e.event});
}

}  // namespace tcprove::monitor
