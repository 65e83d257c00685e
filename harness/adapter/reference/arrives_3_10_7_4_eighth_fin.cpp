// RFC 9293 section 3.10.7.4, "Eighth, check the FIN bit".

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"

namespace tcprove::adapter::reference {

using tcp::State;

Then eighth_check_fin(Host& host, Tcb& tcb, const Arrival& arrival) {
  if (tcb.fin_received) {
    // A second FIN, past the first: the state stays, and RCV.NXT is what it was.
    if (arrival.seg.ctl.has(wire::Flag::Fin)) tcb.ack_due = AckDue::Now;
    return Then::Return;
  }
  if (!tcb.reassembly.fin_at(tcb.rcv_nxt)) return Then::Return;
  if (host.defect(Fault::FinDroppedWhileBusy) && tcb.outstanding() > 0) return Then::Return;
  tcb.fin_received = true;
  if (!host.defect(Fault::PeersFinNotCounted)) tcb.rcv_nxt += 1;
  tcb.rcv_wnd -= 1;
  tcb.reassembly.clear();
  tcb.ack_due = AckDue::Now;
  switch (tcb.state) {
    case State::Established:
      tcb.state = State::CloseWait;
      if (host.defect(Fault::CloseWaitClosesItself)) tcb.close_requested = true;
      break;
    case State::FinWait1:
      if (host.defect(Fault::NoClosingState)) {
        enter_time_wait(host, tcb);
        break;
      }
      // The fifth check has moved on to FIN-WAIT-2 if our FIN is acknowledged.
      tcb.state = State::Closing;
      break;
    case State::FinWait2:
      enter_time_wait(host, tcb);
      if (!host.defect(Fault::NoTimeWait)) break;
      send_ack(host, tcb);
      enter_closed(host, tcb);
      break;
    default:
      break;
  }
  return Then::Return;
}

}  // namespace tcprove::adapter::reference
