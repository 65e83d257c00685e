// RFC 3168 section 6.1: marks on their way to the stack, and the stack's answers.

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {

using wire::Flag;

void follow_marks(ShadowTcb& tcb, const Arrival& a, bool taken) {
  ShadowEcn& ecn = tcb.ecn;
  // "at least one non-ECN-setup SYN or SYN-ACK": section 6.1.1.
  const bool sets_up = a.has(Flag::Ece) && a.has(Flag::Cwr) == !a.has(Flag::Ack);
  if (a.has(Flag::Syn) && !sets_up) ecn.peer_declines = true;
  const bool ce = a.ecn == kCongestionExperienced;
  if (a.has(Flag::Cwr)) ecn.mark_end = std::nullopt;
  if (a.has(Flag::Cwr) && taken) {
    ecn.cwr_end = a.end();
    // What waits behind a gap may have been marked too.
    ecn.marked = ecn.marked_inside = tcb.rcv.held_up_to.has_value();
  }
  ecn.marked = ecn.marked || ce;
  // A probe of a closed window begins at RCV.NXT (section 6.1.6).
  const bool outside = !taken && a.plain && a.seq != tcb.rcv.nxt && tcb.surely_unacceptable(a);
  ecn.marked_inside = ecn.marked_inside || (ce && !outside);
  if (ce && taken && ecn.classic()) ecn.mark_end = a.end();
}

void follow_echo(ShadowTcb& tcb, const Arrival& a, bool sure) {
  ShadowEcn& ecn = tcb.ecn;
  const SendSide& snd = tcb.snd;
  if (!ecn.classic() || !a.has(Flag::Ece) || a.has(Flag::Syn)) return;
  // "once every window of data".
  if (ecn.reacted && !ahead(a.ack, *ecn.reacted)) return;
  const bool recovering = tcb.flight.recover && !ahead(a.ack, *tcb.flight.recover);
  const wire::SeqLen flight = wire::distance(snd.una_possible, snd.nxt);
  ecn.reacted = snd.nxt;
  // A window of one segment cannot be reduced, and an old ACK may be ignored.
  const bool old = ahead(snd.una_possible, a.ack);
  if (!sure || old || recovering || flight <= largest_smss(tcb)) return;
  ecn.cwr_due = true;
  ecn.reduced = reduction_now(tcb, a.at);
}

void follow_own_ecn(ShadowTcb& tcb, const Emission& e) {
  const bool data = !e.segment().payload.empty() && !is_window_probe(tcb, e);
  if (data && (e.repeats || ahead(e.data_end(), tcb.snd.nxt))) tcb.ecn.cwr_due = false;
}

}  // namespace tcprove::monitor
