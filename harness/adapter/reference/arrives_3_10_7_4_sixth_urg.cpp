// RFC 9293 section 3.10.7.4, "Sixth, check the URG bit", with section 3.8.5.

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/calls.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::SeqNum;

Then sixth_check_urg(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  if (host.defect(Fault::UnusualFlagsReset) &&
      seg.ctl.any(wire::Flag::Urg | wire::Flag::Ece | wire::Flag::Cwr)) {
    reply_rst(host, arrival);
    return Then::Return;
  }
  if (host.defect(Fault::UrgentSegmentDropped) && seg.ctl.has(wire::Flag::Urg)) {
    return Then::Return;
  }
  const bool peer_may_send = tcb.state == State::Established || tcb.state == State::FinWait1 ||
                             tcb.state == State::FinWait2;
  if (!seg.ctl.has(wire::Flag::Urg) || !peer_may_send) return Then::Continue;
  if (host.defect(Fault::UrgentIgnoredAtZeroWindow) && tcb.rcv_wnd == 0) return Then::Continue;
  const SeqNum up = seg.seq + seg.up;
  const bool advances =
      !tcb.rcv_up || (up != *tcb.rcv_up && wire::distance(*tcb.rcv_up, up) < 0x8000'0000U);
  if (!advances) return Then::Continue;
  tcb.rcv_up = up;
  // MUST-32: told when urgent data becomes pending and whenever the pointer advances.
  if (tcb.urgent_pending()) {
    if (!host.defect(Fault::UrgentUntold)) tell(host, tcb, tcp::Report::UrgentData);
  } else {
    tcb.rcv_up.reset();
  }
  return Then::Continue;
}

}  // namespace tcprove::adapter::reference
