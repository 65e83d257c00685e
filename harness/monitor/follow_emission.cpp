#include <algorithm>
#include <utility>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using tcp::State;
using wire::Flag;
using wire::SeqNum;

void set_phase(ShadowTcb& tcb, State phase) {
  tcb.phases = {};
  tcb.phases.add(phase);
}

void end_possibly(ShadowTcb& tcb) {
  tcb.phases.add(State::Closed);
  tcb.duties.settle_all();
}

/// The window cannot be told larger than the field; a stack may accept beyond what it announces.
constexpr wire::SeqLen kSlackOfFullField = 1U << 20U;

void note_announced_window(ShadowTcb& tcb, const wire::Segment& segment) {
  ReceiveSide& rcv = tcb.rcv;
  rcv.edge_last = segment.ack + tcb.announced_window(segment.wnd, segment.ctl.has(Flag::Syn));
  if (ahead(rcv.edge_last, rcv.edge)) {
    rcv.edge = rcv.edge_last;
    rcv.edge_slack = tcb.scales() ? (wire::SeqLen{1} << *tcb.snd.options.shift) - 1 : 0;
  }
  if (segment.wnd == 0xffff) {
    rcv.edge_slack = kSlackOfFullField;
  } else if (rcv.edge_last == rcv.edge && tcb.user.reads_known) {
    // The field tells all that there is again, but for what the user has made room for.
    const wire::SeqLen unit = tcb.scales() ? wire::SeqLen{1} << *tcb.snd.options.shift : 1;
    rcv.edge_slack = std::min(rcv.edge_slack, tcb.user.read + unit - 1);
  }
}

/// The ACK field tells what RCV.NXT is, at least.
void note_ack(ShadowTcb& tcb, const Emission& e) {
  const wire::Segment& segment = e.segment();
  ReceiveSide& rcv = tcb.rcv;
  if (!segment.ctl.has(Flag::Ack)) return;
  if (ahead(segment.ack, rcv.arrived.next())) {
    tcb.followed = false;  // It claims what it cannot have; what it has instead nobody can tell.
    return;
  }
  if (!rcv.acked || ahead(segment.ack, rcv.ack)) rcv.ack = segment.ack;
  rcv.acked = true;
  rcv.nxt = further(rcv.nxt, segment.ack);
  if (rcv.pushed_by_syn && !ahead(*rcv.pushed_by_syn, segment.ack)) {
    rcv.pushed = std::exchange(rcv.pushed_by_syn, std::nullopt);
  }
  // It acknowledges less than there would be if what came beyond the gap had been held.
  if (rcv.held_up_to && ahead(rcv.arrived.next(), segment.ack)) rcv.held_up_to = std::nullopt;
  tcb.duties.settle(Owed::AckOfOutOfOrder);
  tcb.duties.settle(Owed::AckOfGapFiller);
  tcb.duties.settle_answers();
  if (!ahead(rcv.nxt, segment.ack)) {
    tcb.duties.settle(Owed::AckOfData);
  }
  if (!ahead(rcv.nxt, segment.ack + (2 * tcb.rmss() - 1))) {
    tcb.duties.settle(Owed::AckOfSecondSegment);
  }
  const bool reaches_further =
      ahead(segment.ack + tcb.announced_window(segment.wnd, false), rcv.edge);
  if (!e.repeats || e.has(Flag::Syn) || reaches_further) note_announced_window(tcb, segment);
}

/// The front of the retransmission queue may just have been sent again.
void note_front(ShadowTcb& tcb, const Emission& e) {
  if (e.repeats) tcb.reports.resent = true;
  if (e.repeats) tcb.duties.settle(Owed::Timeout);
  // Which ACKs it took is not always clear; whatever it sends again, its timer runs.
  if (e.repeats && ahead(e.end(), tcb.snd.una)) tcb.duties.settle(Owed::Retransmission);
  if (!ahead(e.end(), tcb.snd.una_possible)) return;
  FrontOfQueue& front = tcb.front;
  if (front.sent == 0) {
    front = {.seq = e.segment().seq, .sent = 1, .first = e.at, .last = e.at};
    front.alone = tcb.snd.una == tcb.snd.una_possible && e.segment().seq == tcb.snd.una &&
                  tcb.snd.una == tcb.snd.nxt;
    front.in_window = tcb.snd.edge_now && !ahead(e.end(), *tcb.snd.edge_now);
    // Where it is not clear what was acknowledged it is not clear either how long this was tried.
    if (tcb.snd.una == tcb.snd.una_possible) owe_retransmission(tcb, e.at, e.event);
    owe_timeout(tcb, e);
  } else if (e.segment().seq == front.seq) {
    ++front.sent;
    const bool timed = front.by_timer && front.undisturbed;
    front.interval = timed ? e.at - front.last : base::Duration();
    front.by_timer = front.undisturbed;
    front.last = e.at;
    front.undisturbed = true;
    front.restarted = false;
    tcb.duties.settle(Owed::Retransmission);
  }
}

/// Section 3.3.1: what the segment occupies of the send sequence space.
void note_numbers(ShadowTcb& tcb, const Emission& e) {
  SendSide& snd = tcb.snd;
  const wire::Segment& segment = e.segment();
  if (e.end() != snd.nxt && !ahead(e.end(), snd.nxt)) return;
  if (ahead(e.data_begin(), snd.nxt)) snd.octets_from = e.data_begin();  // It left a gap.
  if (!segment.payload.empty()) {
    snd.octets.write(e.data_begin(), segment.payload);
    const SeqNum oldest = e.data_end() - static_cast<wire::SeqLen>(OctetRing::kOctetsMax);
    snd.octets_from = further(snd.octets_from, oldest);
  }
  if (segment.ctl.has(Flag::Fin) && !snd.fin) {
    snd.fin = e.end() - 1;
    if (tcb.user.closed_first == ClosedFirst::Neither) {
      tcb.user.closed_first = ClosedFirst::Unclear;  // No CLOSE was seen.
    }
  }
  if (snd.una == snd.nxt) snd.outstanding_since = e.at;
  snd.nxt = further(snd.nxt, e.end());
}

void begin(ShadowTcb& tcb, const Emission& e) {
  const wire::Segment& segment = e.segment();
  const bool after_another = tcb.snd.known || !tcb.followed;
  const bool active = tcb.active_open;
  tcb.restart();
  tcb.active_open = active;
  tcb.user.reads_known = !after_another;
  SendSide& snd = tcb.snd;
  snd.known = true;
  snd.iss = snd.una = snd.una_possible = segment.seq;
  snd.nxt = snd.octets_from = segment.seq + 1;
  snd.edge = snd.nxt;
  snd.wl2 = segment.seq;
  snd.outstanding_since = e.at;
  snd.options = read_syn_options(segment.options);
  snd.syn_wnd = segment.wnd;
}

void take_syn(ShadowTcb& tcb, const StackFacts& facts, const Emission& e) {
  const bool syn_ack = e.has(Flag::Ack);
  const bool changes = e.syn != SynKind::Repeat || (syn_ack && !tcb.rcv.known);
  if (e.syn == SynKind::Unclear) {
    tcb.followed = false;
    return;
  }
  if (e.syn != SynKind::Repeat) {
    const bool unseen_before = !tcb.followed;
    const bool from_time_wait = unseen_before || (e.syn == SynKind::Reopens &&
                                                  tcb.states(e.at, facts).has(State::TimeWait));
    begin(tcb, e);
    if (syn_ack) tcb.settings = {};  // It is another connection that the user may get.
    tcb.may_return_to_time_wait = from_time_wait;
    // How often it was sent, and how long its timer runs by now, is not known.
    if (unseen_before) {
      tcb.front = {.seq = e.segment().seq,
                   .sent = 1,
                   .first = e.at,
                   .last = e.at,
                   .by_timer = false,
                   .undisturbed = false};
    }
  }
  tcb.syn_event = e.event;
  if (!changes) return;
  set_phase(tcb, syn_ack ? State::SynReceived : State::SynSent);
  if (!syn_ack) return;
  const Arrival* syn = acknowledged_syn(tcb, e.segment());
  if (syn == nullptr) {
    tcb.followed = false;
    return;
  }
  tcb.snd.options = read_syn_options(e.segment().options);
  adopt_peer_syn(tcb, *syn);
  if (!syn->has(Flag::Ack)) tcb.snd.edge = tcb.snd.iss + 1 + syn->wnd;
}

/// In SYN-SENT and SYN-RECEIVED an unacceptable ACK draws a RST, and the connection goes on.
bool answers_bad_ack(const ShadowTcb& tcb, const wire::Segment& rst) {
  const Arrival* last = tcb.arrival(0);
  if (!tcb.answers_arrival || last == nullptr || !last->plain || last->has(Flag::Rst)) return false;
  if (!last->has(Flag::Ack) || last->ack != rst.seq || !tcb.snd.known) return false;
  if (wire::after_up_to(tcb.snd.una, last->ack, tcb.snd.nxt)) return false;
  return tcb.only(State::SynSent) || tcb.only(State::SynReceived);
}

void follow_reset(ShadowTcb& tcb, const wire::Segment& rst) {
  tcb.duties.settle_resets();
  if (answers_bad_ack(tcb, rst)) return;
  tcb.reset_emitted = true;
  end_possibly(tcb);
  if (tcb.may_return_to_time_wait) tcb.followed = false;
}

/// A stack that limits such answers to 10 in 5 s has sent at least 5 of them in one of two periods
/// of 5 s that follow each other; from the last of those on it may be silent for so long.
void note_limitable_answer(ShadowTcb& tcb, const Emission& e) {
  constexpr unsigned kLimitHalved = 5;
  const bool empty = e.in_connection && e.has(Flag::Ack) && e.segment().len() == 0;
  const bool acknowledges_nothing = empty && tcb.rcv.acked && e.segment().ack == tcb.rcv.ack;
  if (tcb.last_arrival != e.at || !acknowledges_nothing) return;
  if (e.at - tcb.limits.answers_since >= kAnswersLimitedFor) {
    tcb.limits.answers_since = e.at;
    tcb.limits.answers = 0;
  }
  const base::Instant later = e.at + (kAnswersLimitedFor - kAnswerDemandInterval);
  if (++tcb.limits.answers >= kLimitHalved) tcb.answer_demanded = later;
}

void note_bare_ack(ShadowTcb& tcb, const Emission& e) {
  const bool again = tcb.bare_ack_drawn && tells_nothing_new(tcb, e);
  tcb.bare_ack_answers = again ? tcb.bare_ack_answers + 1 : 0;
  if (is_challenge(tcb, e)) {
    if (e.at - tcb.limits.challenges_since >= kChallengePeriod) {
      tcb.limits.challenges_since = e.at;
      tcb.limits.challenges = 0;
    }
    ++tcb.limits.challenges;
  }
  note_limitable_answer(tcb, e);
  tcb.bare_ack_drawn = false;
  // What takes numbers goes out for its own sake; the ACK that the latest arrival draws may follow.
  if (e.segment().len() == 0) tcb.caused = false;
}

/// Only a connection that exists emits anything but a RST.
void prune_phases(ShadowTcb& tcb, const Emission& e) {
  tcp::States left;
  for (const State phase : {State::SynSent, State::SynReceived, State::Established}) {
    const bool possible = phase != State::SynSent || e.has(Flag::Syn);
    if (tcb.may_be(phase) && possible) left.add(phase);
  }
  tcb.phases = left;
  if (left.empty()) tcb.followed = false;
}

}  // namespace

void adopt_peer_syn(ShadowTcb& tcb, const Arrival& syn) {
  ReceiveSide& rcv = tcb.rcv;
  rcv.known = true;
  rcv.irs = rcv.ack = syn.seq;
  rcv.acked = false;
  rcv.nxt = rcv.nxt_before = syn.seq + 1;
  rcv.arrived.restart(rcv.nxt);
  rcv.arrived.add(rcv.nxt, syn.end());
  rcv.edge = rcv.edge_last = rcv.nxt + tcb.snd.syn_wnd;
  rcv.edge_slack = 0;
  rcv.options = syn.options;
  rcv.mss_unclear = syn.options.mss_unclear;
  if (syn.tsval) tcb.stamps.begin(*syn.tsval, syn.at);
  rcv.held_up_to = rcv.pushed = rcv.pushed_by_syn = std::nullopt;
  rcv.contested = syn.payload > 0;
  if (syn.has(Flag::Fin)) rcv.fin = syn.end() - 1;
  begin_window(tcb.snd, syn);
  follow_peer_syn(tcb, syn);
  if (syn.has(Flag::Ack) && ahead(syn.ack, tcb.snd.una_possible) && !ahead(syn.ack, tcb.snd.nxt)) {
    tcb.snd.una_possible = syn.ack;
    tcb.snd.edge = further(tcb.snd.edge, syn.ack + syn.wnd);
    tcb.front = {};
    tcb.duties.settle(Owed::Retransmission);
  }
  if (tcb.data_unplaced) tcb.followed = false;
}

void owe_retransmission(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  tcb.duties.owe(Owed::Retransmission, {.since = at,
                                        .due = at + kFirstRetransmissionMax + 5 * tcb.snd.rtt_max +
                                               tcb.timers.backed_off.value_or(base::Duration()),
                                        .number = tcb.snd.una_possible,
                                        .event = event});
}

void follow_emission(ShadowTcb& tcb, const StackFacts& facts, const Emission& e) {
  tcb.last_emission = e.at;
  tcb.ip = e.packet->source.version;
  if (e.has(Flag::Rst)) {
    follow_reset(tcb, e.segment());
    return;
  }
  if (e.syn != SynKind::None) take_syn(tcb, facts, e);
  if (!tcb.followed) return;
  if (!facts.complete && !tcb.snd.known) {
    tcb.followed = false;
    return;
  }
  prune_phases(tcb, e);
  if (!tcb.followed || !tcb.snd.known) return;
  if (!tcb.rcv.known) {
    if (const Arrival* syn = acknowledged_syn(tcb, e.segment())) adopt_peer_syn(tcb, *syn);
  }
  follow_timers(tcb, e);
  follow_flight(tcb, e);
  follow_own_ecn(tcb, e);
  follow_recovery_emission(tcb, facts, e);
  follow_hystart_emission(tcb, facts, e);
  follow_windows(tcb, e);
  note_bare_ack(tcb, e);
  note_front(tcb, e);
  note_numbers(tcb, e);
  if (tcb.rcv.known) note_ack(tcb, e);
  follow_own_timestamp(tcb, e);
  follow_own_options(tcb, e);
  tcb.duties.settle(Owed::SynAck);
  if (e.has(Flag::Syn) && e.has(Flag::Ack)) tcb.duties.settle(Owed::SynAckInSynSent);
  if (e.has(Flag::Fin)) tcb.duties.settle(Owed::Fin);
  // RFC 5961 section 5.2 may come first: an ACK.
  if (facts.challenge_ack && !e.has(Flag::Syn)) tcb.duties.settle(Owed::ResetInSynReceived);
}

void age(ShadowTcb& tcb, const StackFacts& facts, base::Instant now) {
  if (!tcb.followed || tcb.only(State::Closed)) return;
  const tcp::States states = tcb.states(now, facts);
  const bool time_wait = is_only(states, State::TimeWait);
  const base::Instant active = std::max(tcb.last_arrival, tcb.last_emission);
  const bool half_open = tcb.may_be(State::SynSent) || tcb.may_be(State::SynReceived);
  const bool outstanding = tcb.snd.known && tcb.snd.una != tcb.snd.nxt;
  const bool unsent = tcb.queued() > 0 || (tcb.user.shut && !tcb.snd.fin);
  const bool open = tcb.snd.edge_now && ahead(*tcb.snd.edge_now, tcb.snd.nxt);
  const bool may_end = (half_open && now - active > kMayGiveUpAfter) ||
                       (tcb.user.closed && !time_wait && now - active > kMayGiveUpAfter) ||
                       (outstanding && now - tcb.snd.outstanding_since > kMayGiveUpDataAfter &&
                        !(tcb.probing.sent > 0 && tcb.probing.answered)) ||  // MUST-37.
                       // Empty probes leave nothing outstanding.
                       (tcb.probing.sent > 0 && !tcb.probing.answered &&
                        now - tcb.last_arrival > kMayGiveUpDataAfter) ||
                       now - active > kMayKeepAliveAfter ||
                       // By the user's word, after whatever time.
                       (tcb.user.wants_keep_alives && (tcb.timers.keep_alives > 1 || !open)) ||
                       (tcb.user.sets_timeout && (outstanding || half_open || unsent));
  if (may_end || states.has(State::Closed)) tcb.phases.add(State::Closed);
  if (is_only(states, State::Closed)) set_phase(tcb, State::Closed);
}

void follow_end_of_listener(ShadowTcb& tcb) {
  tcb.answers_arrival = false;
  tcb.answer = {};
  tcb.front.undisturbed = tcb.front.restarted = false;
  end_possibly(tcb);
}

}  // namespace tcprove::monitor
