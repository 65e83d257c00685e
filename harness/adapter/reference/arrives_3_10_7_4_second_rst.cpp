// RFC 9293 section 3.10.7.4, "Second, check the RST bit", with RFC 5961 section 3.

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::State;

Then second_check_rst(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  if (!seg.ctl.has(wire::Flag::Rst)) return Then::Continue;
  if (host.defect(Fault::RstAckIgnored) && seg.ctl.has(wire::Flag::Ack) &&
      tcb.state != State::Established) {
    return Then::Continue;
  }
  if (host.defect(Fault::RstComparedWithItsWindow)) {
    const std::uint32_t right = tcb.rcv_nxt.raw() + seg.wnd;  // As plain integers.
    if (seg.seq.raw() < tcb.rcv_nxt.raw() || seg.seq.raw() > right) return Then::Return;
  }
  if (host.defect(Fault::RstWithTextDropped) && !seg.payload.empty()) return Then::Return;
  // RFC 1337 section 3, fix F1: an old duplicate must not end the wait for old duplicates.
  if (tcb.state == State::TimeWait && !host.defect(Fault::TimeWaitEndsOnRst)) return Then::Return;
  if (host.defect(Fault::RstComparedWithLastAck) && seg.seq != tcb.last_ack_sent) {
    send_challenge_ack(host, tcb);
    return Then::Return;
  }
  if (seg.seq != tcb.rcv_nxt && !host.defect(Fault::RstInWindowEnds)) {
    const wire::SeqWindow window{.left = tcb.rcv_nxt, .size = tcb.rcv_wnd};
    if (window.contains(seg.seq)) send_challenge_ack(host, tcb);
    return Then::Return;
  }
  switch (tcb.state) {
    case State::SynReceived:
      // Back to LISTEN: the listener is a record of its own, so this one goes without a word.
      if (tcb.passive() || host.defect(Fault::ActiveOriginForgotten)) break;
      tcb.pending_error = CallStatus::Refused;
      break;
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
      tcb.pending_error = CallStatus::Reset;
      break;
    default:  // CLOSING, LAST-ACK: no user has anything to be told.
      break;
  }
  if (host.defect(Fault::RstLeavesTimers)) return Then::Return;
  flush_queues(tcb);
  enter_closed(host, tcb);
  return Then::Return;
}

}  // namespace tcprove::adapter::reference
