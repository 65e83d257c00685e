#include <algorithm>

#include "harness/monitor/answers.hpp"
#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using tcp::State;
using tcp::States;
using wire::Flag;
using wire::SeqNum;

States set_of(std::initializer_list<State> states) {
  States set;
  for (const State state : states) set.add(state);
  return set;
}

void remember(ShadowTcb& tcb, const Arrival& a) {
  tcb.arrivals[tcb.arrival_count++ % ShadowTcb::kArrivalsKept] = a;
  remember_syn(tcb, a);
  if (a.has(Flag::Rst)) tcb.reset_arrived = true;
  tcb.front.undisturbed = tcb.front.restarted = false;
  tcb.last_arrival = tcb.last_stimulus = a.at;
  tcb.answers_arrival = true;
  tcb.rcv.nxt_before = tcb.rcv.nxt;
  if (a.payload > 0) ++tcb.sack.unanswered;
}

/// Section 3.10.7.3.
States next_from_syn_sent(const ShadowTcb& tcb, const Arrival& a) {
  using enum State;
  if (!tcb.snd.known) return set_of({Closed, SynSent, SynReceived, Established});
  const bool ack_good = a.has(Flag::Ack) && wire::after_up_to(tcb.snd.iss, a.ack, tcb.snd.nxt);
  if (a.has(Flag::Ack) && !ack_good) return set_of({SynSent});
  // RFC 3168 section 6.1.1.1: a SYN without ECN may follow.
  if (a.has(Flag::Rst) && ack_good && tcb.ecn.own_asks) return set_of({Closed, SynSent});
  if (a.has(Flag::Rst)) return set_of({ack_good ? Closed : SynSent});
  if (a.has(Flag::Syn)) return set_of({ack_good ? Established : SynReceived});
  return set_of({SynSent});
}

/// Section 3.10.7.4, as far as it concerns SYN-RECEIVED; LISTEN again is CLOSED here.
States next_from_syn_received(const ShadowTcb& tcb, const Arrival& a) {
  using enum State;
  if (!tcb.snd.known || !tcb.rcv.known) return set_of({Closed, SynReceived, Established});
  const bool outside = tcb.surely_unacceptable(a);
  if (a.has(Flag::Rst)) {
    if (outside) return set_of({SynReceived});
    const bool exact = a.seq == tcb.rcv.nxt && a.seq == tcb.rcv.arrived.next();
    return exact ? set_of({Closed}) : set_of({SynReceived, Closed});
  }
  const bool ack_good = a.has(Flag::Ack) && wire::after_up_to(tcb.snd.una, a.ack, tcb.snd.nxt);
  // Figure 7: a crossing SYN,ACK completes the handshake although it lies left of the window; many
  // stacks honour the ACK of any segment there (Appendix A.2).
  if (outside) return ack_good ? set_of({SynReceived, Established}) : set_of({SynReceived});
  if (a.has(Flag::Syn)) return set_of({SynReceived, Closed, Established});
  if (!ack_good) return set_of({SynReceived});
  const bool begins_at_rcv_nxt = tcb.surely_acceptable(a) && !ahead(a.seq, tcb.rcv.nxt);
  return begins_at_rcv_nxt ? set_of({Established}) : set_of({SynReceived, Established});
}

/// Section 3.10.7.4: what ends a synchronized connection. FINs and their ACKs: ShadowTcb::states().
States next_from_synchronized(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& a) {
  using enum State;
  const States either = set_of({Established, Closed});
  const States stays = set_of({Established});
  if (!tcb.snd.known || !tcb.rcv.known) return either;
  const bool outside = tcb.surely_unacceptable(a);
  const bool time_wait = tcb.states(a.at, facts).has(TimeWait);
  if (a.has(Flag::Rst)) {
    if (outside) return stays;
    const bool exact = a.seq == tcb.rcv.nxt && a.seq == tcb.rcv.arrived.next();
    if (exact) return time_wait ? either : set_of({Closed});  // RFC 1337 ignores it in TIME-WAIT.
    const bool beyond =
        facts.challenge_ack && tcb.surely_acceptable(a) && ahead(a.seq, tcb.rcv.arrived.next());
    return beyond ? stays : either;
  }
  if (a.has(Flag::Syn)) {
    if (time_wait) return either;  // MAY-2, RFC 6191.
    return facts.challenge_ack || outside ? stays : either;
  }
  // SHLD-3: data for a user that has closed may be answered with a RST.
  return tcb.user.closed && a.payload > 0 ? either : stays;
}

States next_phases(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& a,
                   Listening listening) {
  using enum State;
  States after;
  if (tcb.may_be(Closed)) {
    after.add(Closed);
    const bool opens = a.has(Flag::Syn) && !a.has(Flag::Ack) && !a.has(Flag::Rst);
    if (opens && listening != Listening::No) after.add(SynReceived);
  }
  const auto add_all = [&after](const States& more) {
    for (const State s : {Closed, SynSent, SynReceived, Established}) {
      if (more.has(s)) after.add(s);
    }
  };
  if (tcb.may_be(SynSent)) add_all(next_from_syn_sent(tcb, a));
  if (tcb.may_be(SynReceived)) add_all(next_from_syn_received(tcb, a));
  if (tcb.may_be(Established)) add_all(next_from_synchronized(tcb, facts, a));
  if (!a.plain) after.add(Closed);
  if (!a.plain || !timestamp_passes(tcb, a)) add_all(tcb.phases);
  return after;
}

/// The stack, in SYN-SENT, has taken this SYN,ACK for the answer to its SYN.
void take_syn_ack(ShadowTcb& tcb, const Arrival& a, wire::Octets octets) {
  adopt_peer_syn(tcb, a);
  // It may keep or drop data on a SYN: what it acknowledges tells.
  tcb.rcv.octets.write(tcb.rcv.irs + 1, octets);
  tcb.rcv.contested = octets.size() > OctetRing::kOctetsMax;
  if (a.has(Flag::Psh)) tcb.rcv.pushed_by_syn = a.seq + 1 + a.payload;
  tcb.snd.una = tcb.snd.una_possible = a.ack;
  tcb.front = {};
  tcb.duties.settle(Owed::Retransmission);
  tcb.snd.edge = a.ack + a.wnd;
  tcb.snd.edge_now = tcb.snd.edge;
  tcb.snd.wnd = a.wnd;
  tcb.snd.wl2 = a.ack;
}

/// Section 3.10.7.4, fifth. `sure`: the stack must act on the ACK.
void take_ack(ShadowTcb& tcb, const StackFacts& facts, const Arrival& a, bool sure) {
  SendSide& snd = tcb.snd;
  if (!a.has(Flag::Ack) || ahead(a.ack, snd.nxt)) return;
  follow_flight_ack(tcb, a, sure);
  follow_echo(tcb, a, sure);
  follow_recovery_ack(tcb, facts, a, sure);
  follow_hystart_ack(tcb, facts, a, sure);
  if (ahead(a.ack, snd.una_possible)) {
    note_sample(tcb, a, sure);
    tcb.duties.settle(Owed::Timeout);
    snd.una_possible = a.ack;
    snd.rtt_max = std::max(snd.rtt_max, a.at - tcb.front.first);
    follow_front_acknowledged(tcb, a);
    tcb.front = {};
    tcb.duties.settle(Owed::Retransmission);
    if (a.ack != snd.nxt) {
      owe_retransmission(tcb, a.at, a.event);
      tcb.front = {.seq = a.ack,
                   .sent = 1,
                   .first = a.at,
                   .last = a.at,
                   .undisturbed = false,
                   .restarted = true};
    }
  }
  if (sure) tcb.timers.heard = a.at;
  if (sure && ahead(a.ack, snd.una)) {
    snd.una = a.ack;
    snd.outstanding_since = a.at;
  }
  take_edge(tcb, a, sure);
}

/// Keeps the octets that may have been received, for what the user will be given.
void keep_octets(ShadowTcb& tcb, const Arrival& a, wire::Octets octets) {
  ReceiveSide& rcv = tcb.rcv;
  SeqNum at = a.seq + (a.has(Flag::Syn) ? 1U : 0U);
  if (ahead(rcv.nxt, at)) {  // What was received for sure stays as it came first.
    const std::size_t old = std::min<std::size_t>(distance(at, rcv.nxt), octets.size());
    octets = octets.subspan(old);
    at += static_cast<wire::SeqLen>(old);
  }
  if (octets.empty()) return;
  const SeqNum end = at + static_cast<wire::SeqLen>(octets.size());
  const SeqNum unread = rcv.irs + 1 + tcb.user.read;
  if (!ahead(end, unread) || distance(unread, end) > OctetRing::kOctetsMax) {
    rcv.contested = true;
    return;
  }
  if (rcv.arrived.touches(at, end) && !rcv.octets.holds(at, octets)) rcv.contested = true;
  rcv.octets.write(at, octets);
}

/// What of a segment in order the stack must take: its end, or as far as the window reaches.
SeqNum must_take_up_to(const ShadowTcb& tcb, const Arrival& a) {
  return ahead(a.end(), tcb.rcv.edge) ? tcb.rcv.edge : a.end();
}

void owe_acks(ShadowTcb& tcb, const Arrival& a, bool filled_gap) {
  const ReceiveSide& rcv = tcb.rcv;
  const Duty soon{.since = a.at, .due = a.at + kAckDelayMax, .number = rcv.nxt, .event = a.event};
  Duty now = soon;
  now.at_once = true;
  now.due = a.at;
  tcb.duties.owe(Owed::AckOfData, soon);
  if (filled_gap) tcb.duties.owe(Owed::AckOfGapFiller, now);
  if (rcv.acked && distance(rcv.ack, rcv.nxt) >= 2 * tcb.rmss()) {
    tcb.duties.owe(Owed::AckOfSecondSegment, now);
  }
}

/// Section 3.10.7.4, seventh and eighth. `sure`: the stack is there, the segment is no odd one, and
/// its ACK lets it pass.
void take_data(ShadowTcb& tcb, const Arrival& a, wire::Octets octets, bool sure) {
  ReceiveSide& rcv = tcb.rcv;
  if (a.len == 0 || a.has(Flag::Rst) || !a.has(Flag::Ack) || ahead(a.ack, tcb.snd.nxt)) return;
  if (a.has(Flag::Syn) && a.seq != rcv.irs) return;  // Challenged and dropped, or the end.
  if (tcb.fin_surely_received() && !a.has(Flag::Fin)) return;
  if (rcv.fin && ahead(a.seq + a.payload, *rcv.fin)) {
    tcb.followed = false;  // The peer contradicts itself about where its stream ends.
    return;
  }
  if (a.has(Flag::Urg)) rcv.contested = true;  // It may go to the user out of band (RFC 6093).
  const bool fin_on_data = a.has(Flag::Fin) && !rcv.fin && ahead(a.end(), rcv.nxt) &&
                           rcv.arrived.touches(a.end() - 1, a.end());
  if (fin_on_data) tcb.followed = false;
  const SeqNum possible_before = rcv.arrived.next();
  keep_octets(tcb, a, octets);
  const bool takes = sure && tcb.surely_acceptable(a) && timestamp_passes(tcb, a) &&
                     !tcb.user.closed && !a.has(Flag::Syn) && !tcb.fin_surely_received();
  rcv.arrived.add(a.seq, a.end());
  if (a.has(Flag::Fin) && ahead(a.end(), rcv.nxt)) {
    const SeqNum fin = a.end() - 1;
    if (rcv.fin.value_or(fin) != fin) tcb.followed = false;
    rcv.fin = fin;
  }
  if (!takes) return;
  if (!ahead(a.seq, rcv.nxt)) {
    const SeqNum up_to = must_take_up_to(tcb, a);
    if (!ahead(up_to, rcv.nxt)) return;
    const bool fills_gap = a.payload > 0 && rcv.held_up_to && ahead(*rcv.held_up_to, rcv.nxt);
    rcv.nxt = up_to;
    if (a.has(Flag::Psh) || a.has(Flag::Fin)) rcv.pushed = up_to;
    owe_acks(tcb, a, fills_gap);
  } else if (ahead(a.seq, possible_before) && a.payload > 0) {
    rcv.held_up_to = rcv.held_up_to ? further(*rcv.held_up_to, a.end()) : a.end();
    tcb.duties.owe(
        Owed::AckOfOutOfOrder,
        {.at_once = true, .since = a.at, .due = a.at, .number = rcv.nxt, .event = a.event});
  }
}

void note_time_wait(ShadowTcb& tcb, base::Instant at) {
  const bool ours = tcb.snd.fin && ahead(tcb.snd.una_possible, *tcb.snd.fin);
  if (!tcb.time_wait_since && ours && tcb.fin_possibly_received()) tcb.time_wait_since = at;
}

void take_numbers(ShadowTcb& tcb, const StackFacts& facts, const Arrival& a, wire::Octets octets) {
  const bool synchronized = tcb.only(State::Established);
  const bool sure = a.plain && synchronized && !a.has(Flag::Syn);
  follow_peer_timestamp(tcb, a);
  const bool begins_at_rcv_nxt = tcb.surely_acceptable(a) && !ahead(a.seq, tcb.rcv.nxt);
  // RFC 5961 section 5.2: one out of range is dropped whole, by those that implement it.
  const bool in_range = tcb.ack_is_in_range(a);
  if (!a.has(Flag::Rst)) {
    take_ack(tcb, facts, a, sure && in_range && begins_at_rcv_nxt && timestamp_passes(tcb, a));
  }
  const SeqNum received = tcb.rcv.nxt;
  if (!surely_too_old(tcb, a)) {
    take_data(tcb, a, octets, sure && in_range);
  }
  follow_marks(tcb, a, tcb.rcv.nxt != received && a.payload > 0);
  note_time_wait(tcb, a.at);
  follow_window(tcb, a);
}

void follow_handshake(ShadowTcb& tcb, const Arrival& a, wire::Octets octets, const States& before) {
  using enum State;
  if (is_only(before, SynSent) && tcb.only(Established)) {
    take_syn_ack(tcb, a, octets);
    tcb.duties.owe(
        Owed::AckOfData,
        {.since = a.at, .due = a.at + kAckDelayMax, .number = tcb.rcv.nxt, .event = a.event});
    return;
  }
  if (!a.has(Flag::Syn) && a.len > 0 && !tcb.only(Closed)) tcb.data_unplaced = true;
}

/// RFC 5961 section 7 lets a stack limit ACKs that may be part of a loop, and operators limit RSTs;
/// an ACK of text is neither.
void owe_answer(ShadowTcb& tcb, const Arrival& a, Owed what) {
  const bool syn_ack = what == Owed::SynAck || what == Owed::SynAckInSynSent;
  const bool of_text = what == Owed::AckOfUnacceptable && a.payload > 0 && !a.has(Flag::Syn);
  if (!syn_ack && !of_text) {
    if (tcb.answer_demanded && a.at - *tcb.answer_demanded < kAnswerDemandInterval) return;
    tcb.answer_demanded = a.at;
  }
  tcb.duties.owe(what,
                 {.since = a.at, .due = a.at + kAckDelayMax, .number = a.seq, .event = a.event});
}

/// RFC 6191 section 2: a newer timestamp decides, else a number past all of the connection. It may
/// be newer where TS.Recent is not clear.
bool may_be_newer_syn(const ShadowTcb& tcb, const Arrival& syn) {
  if (!ahead(tcb.rcv.nxt, syn.seq)) return true;
  if (!syn.tsval) return false;
  return !tcb.timestamps() || !tcb.stamps.known ||
         stamped_before(tcb.stamps.recent_least, *syn.tsval);
}

/// A pure ACK of what is acknowledged already: nothing is to be done about it.
bool is_bare_ack(const ShadowTcb& tcb, const Arrival& a) {
  const bool pure = a.plain && a.len == 0 && a.has(Flag::Ack) && !a.has(Flag::Rst);
  return pure && tcb.snd.known && tcb.rcv.known && tcb.only(State::Established) &&
         tcb.surely_acceptable(a) && tcb.ack_is_in_range(a) && !ahead(a.ack, tcb.snd.una) &&
         timestamp_passes(tcb, a);
}

/// RFC 6191 section 2: whether the listener's stack should open a connection for it.
bool opens_from_time_wait(const ShadowTcb& tcb, const Arrival& syn, Listening listening) {
  const bool plain = syn.plain && listening == Listening::Yes &&
                     syn.ctl.without(Flag::Ece | Flag::Cwr) == Flag::Syn && syn.payload == 0 &&
                     !tcb.user.aborted;
  if (!plain || !tcb.snd.known || !tcb.rcv.known) return false;
  const bool higher = ahead(syn.seq, tcb.rcv.nxt);
  if (!tcb.timestamps()) return higher;
  if (!syn.tsval) return higher && !tcb.rcv.options.timestamps;
  return tcb.stamps.known && stamped_before(tcb.stamps.recent_most, *syn.tsval);
}

}  // namespace

void remember_syn(ShadowTcb& tcb, const Arrival& a) {
  if (!a.has(Flag::Syn) || a.has(Flag::Rst)) return;
  tcb.syns[tcb.syn_count++ % ShadowTcb::kSynsKept] = a;
}

void follow_arrival(ShadowTcb& tcb, const StackFacts& facts, const Arrival& a, wire::Octets octets,
                    Listening listening) {
  const Answer answer = tcb.followed ? answer_to(tcb, facts, a, listening) : Answer();
  remember(tcb, a);
  tcb.answer = answer;
  tcb.caused = true;
  if (!tcb.followed) return;
  tcb.time_wait_syn_may_be_newer = std::nullopt;
  bool reopens = false;
  if (a.has(Flag::Syn) && is_only(tcb.states(a.at, facts), State::TimeWait)) {
    tcb.time_wait_syn_may_be_newer = may_be_newer_syn(tcb, a);
    reopens = opens_from_time_wait(tcb, a, listening);
  }
  const bool bare = is_bare_ack(tcb, a);
  if (!bare || tcb.bare_ack_drawn) tcb.bare_ack_answers = 0;  // Or the one before drew nothing.
  tcb.bare_ack_drawn = bare;
  if (tcb.only(State::Closed)) tcb.ended = true;
  const States before = tcb.phases;
  tcb.phases = next_phases(tcb, facts, a, listening);
  if (a.has(Flag::Rst) && tcb.only(State::Closed) && !before.has(State::Closed)) {
    tcb.ended_by_reset = true;
  }
  if (tcb.only(State::Established)) tcb.may_return_to_time_wait = false;
  if (tcb.may_return_to_time_wait && tcb.may_be(State::Closed)) {
    tcb.followed = false;  // MAY-2: an old duplicate SYN leads back, to numbers that are gone here.
    return;
  }
  if (tcb.snd.known && tcb.rcv.known) {
    if (!tcb.only(State::Closed)) take_numbers(tcb, facts, a, octets);
  } else {
    follow_handshake(tcb, a, octets, before);
  }
  if (!before.has(State::Closed) && tcb.may_be(State::Closed)) {
    tcb.ended_by_arrival = true;
  }
  if (tcb.may_be(State::Closed)) tcb.duties.settle_all_of_connection();
  if (a.has(Flag::Rst)) tcb.duties.settle(Owed::SynAck);
  if (tcb.followed && reopens) {
    tcb.duties.owe(
        Owed::SynAckOfTimeWait,
        {.at_once = true, .since = a.at, .due = a.at, .number = a.seq, .event = a.event});
  }
  if (!tcb.followed || !answer.owed) return;
  owe_answer(tcb, a, *answer.owed);
  if (answer.owed == Owed::AckOfTimeWaitFin) tcb.time_wait_restarted = a.at;
}

}  // namespace tcprove::monitor
