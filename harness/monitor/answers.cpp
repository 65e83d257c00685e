#include "harness/monitor/answers.hpp"

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using enum tcp::State;
using wire::Flag;

Answer owes(Owed what) { return {.owed = what}; }
Answer drops(tcp::State in) { return {.silent = in}; }

/// Section 3.10.7.1.
Answer in_closed(const Arrival& a) {
  return a.has(Flag::Rst) ? drops(Closed) : owes(Owed::ResetInClosed);
}

/// Section 3.10.7.2, its checks in order.
Answer in_listen(const Arrival& a) {
  if (a.has(Flag::Rst)) return drops(Listen);
  if (a.has(Flag::Ack)) return owes(Owed::ResetInListen);
  if (a.has(Flag::Syn)) return owes(Owed::SynAck);
  return drops(Listen);
}

Answer without_connection(const Arrival& a, Listening listening) {
  if (listening == Listening::Yes) return in_listen(a);
  if (listening == Listening::No) return in_closed(a);
  return a.has(Flag::Ack) ? in_closed(a) : Answer();
}

/// Section 3.10.7.3, its checks in order.
Answer in_syn_sent(const ShadowTcb& tcb, const Arrival& a) {
  if (!tcb.snd.known) return {};
  const bool ack_good = a.has(Flag::Ack) && wire::after_up_to(tcb.snd.iss, a.ack, tcb.snd.nxt);
  if (a.has(Flag::Ack) && !ack_good && !a.has(Flag::Rst)) return owes(Owed::ResetInSynSent);
  if (a.has(Flag::Rst) || !a.has(Flag::Syn)) return drops(SynSent);
  return ack_good ? Answer() : owes(Owed::SynAckInSynSent);
}

/// Whether the segment must pass the first check, and that of RFC 7323 section 5.3 before it.
bool judged_further(const ShadowTcb& tcb, const Arrival& a) {
  return timestamp_passes(tcb, a) && tcb.surely_acceptable(a);
}

/// Section 3.10.7.4, second: RFC 5961 challenges a RST that is not exact; an exact one, and one
/// outside the window, is never answered.
Answer to_reset(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& a, tcp::State phase) {
  const bool exact = a.seq == tcb.rcv.nxt && a.seq == tcb.rcv.arrived.next();
  if (exact || tcb.surely_unacceptable(a)) return drops(phase);
  const bool inside = tcb.surely_acceptable(a) && ahead(a.seq, tcb.rcv.arrived.next());
  return inside && facts.challenge_ack ? owes(Owed::AckOfReset) : Answer();
}

/// Section 3.10.7.4, as far as it concerns SYN-RECEIVED.
Answer in_syn_received(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& a) {
  if (!tcb.snd.known || !tcb.rcv.known) return {};
  if (a.has(Flag::Rst)) return to_reset(tcb, facts, a, SynReceived);
  if (tcb.timestamps() && !a.tsval) return {};  // RFC 7323 section 3.2: dropped in silence.
  if (tcb.surely_unacceptable(a)) return owes(Owed::AckOfUnacceptable);
  if (!judged_further(tcb, a) || a.has(Flag::Syn)) return {};
  if (!a.has(Flag::Ack)) return drops(SynReceived);
  if (wire::after_up_to(tcb.snd.una, a.ack, tcb.snd.nxt)) return {};
  // CLOSE leads to FIN-WAIT-1, which is synchronized, though the SYN is not acknowledged.
  return tcb.user.shut || tcb.snd.fin ? Answer() : owes(Owed::ResetInSynReceived);
}

/// Section 3.10.7.4. In TIME-WAIT a SYN may open a new connection or be dropped (MAY-2, RFC 6191),
/// a RST may be ignored (RFC 1337), and an ACK of what was never sent is left open.
Answer in_synchronized(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& a) {
  if (!tcb.snd.known || !tcb.rcv.known) return {};
  const tcp::States states = tcb.states(a.at, facts);
  const bool time_wait = states.has(TimeWait);
  if (a.has(Flag::Rst)) {
    const Answer answer = to_reset(tcb, facts, a, Established);
    return time_wait && answer.owed ? Answer() : answer;
  }
  if (a.has(Flag::Syn) && time_wait) return {};
  if (tcb.timestamps() && !a.tsval) return {};
  if (tcb.surely_unacceptable(a)) {
    // In LAST-ACK many stacks honour the ACK of a segment left of the window (Appendix A.2), and
    // then there is no connection any more that could answer.
    const bool covers_fin = a.has(Flag::Ack) && tcb.snd.fin && ahead(a.ack, *tcb.snd.fin);
    if (covers_fin && ahead(tcb.rcv.nxt, a.seq) && states.has(LastAck)) return {};
    // RFC 7323 section 5.3 comes first: what is too old is acknowledged as well, and dropped.
    const bool fin_again = a.has(Flag::Fin) && is_only(states, TimeWait) && tcb.rcv.fin &&
                           a.end() - 1 == *tcb.rcv.fin && timestamp_passes(tcb, a);
    return owes(fin_again ? Owed::AckOfTimeWaitFin : Owed::AckOfUnacceptable);
  }
  // RFC 7323 section 5.3, R1: "Send an acknowledgment in reply ... and drop the segment".
  if (!time_wait && surely_too_old(tcb, a)) return owes(Owed::AckOfOldTimestamp);
  if (!judged_further(tcb, a)) return {};
  if (a.has(Flag::Syn)) return facts.challenge_ack ? owes(Owed::AckOfSyn) : Answer();
  if (!a.has(Flag::Ack)) return drops(Established);
  if (time_wait) return {};
  // Half the circle away from SND.UNA a number is neither ahead nor behind.
  if (ahead(a.ack, tcb.snd.nxt)) {
    return ahead(a.ack, tcb.snd.una) ? owes(Owed::AckOfUnsent) : Answer();
  }
  const bool ends = is_only(states, LastAck) && a.ack == tcb.snd.nxt && a.len == 0;
  if (ends) return drops(LastAck);  // "delete the TCB, enter the CLOSED state, and return"
  const wire::SeqLen oldest = distance(tcb.snd.una, tcb.snd.nxt) + tcb.snd.window_max_possible;
  const bool too_old = distance(a.ack, tcb.snd.nxt) > oldest;
  return too_old && facts.challenge_ack ? owes(Owed::AckOfTooOld) : Answer();
}

}  // namespace

bool timestamp_passes(const ShadowTcb& tcb, const Arrival& a) {
  if (!tcb.timestamps() || a.has(Flag::Rst)) return true;
  return a.tsval && tcb.stamps.known && !stamped_before(*a.tsval, tcb.stamps.recent_most) &&
         !stamped_before(*a.tsval, tcb.stamps.recent_least);
}

Answer answer_to(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& a,
                 Listening listening) {
  if (!a.plain) return {};
  std::optional<Answer> all;
  const auto also = [&all](const Answer& answer) {
    if (all.value_or(answer) != answer) all = Answer();
    if (!all) all = answer;
  };
  if (tcb.may_be(Closed)) also(without_connection(a, listening));
  if (tcb.may_be(SynSent)) also(in_syn_sent(tcb, a));
  if (tcb.may_be(SynReceived)) also(in_syn_received(tcb, facts, a));
  if (tcb.may_be(Established)) also(in_synchronized(tcb, facts, a));
  return all.value_or(Answer());
}

}  // namespace tcprove::monitor
