// RFC 9293 section 3.10.7.4, "Fourth, check the SYN bit", with RFC 5961 section 4.

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"

namespace tcprove::adapter::reference {

Then fourth_check_syn(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  if (!seg.ctl.has(wire::Flag::Syn) || is_crossing_syn_ack(host, tcb, seg)) return Then::Continue;
  const wire::SeqWindow window{.left = tcb.rcv_nxt, .size = tcb.rcv_wnd};
  if (tcb.state == tcp::State::SynReceived && tcb.passive() && window.contains(seg.seq)) {
    if (host.defect(Fault::SynReceivedSynDrawsRst)) reply_rst(host, arrival);
    // "return this connection to the LISTEN state": the listener is a record of its own.
    flush_queues(tcb);
    enter_closed(host, tcb);
    return Then::Return;
  }
  if (host.defect(Fault::SynWhenSynchronizedIgnored)) return Then::Return;
  if (host.defect(Fault::SynWhenSynchronizedEnds)) {
    reply_rst(host, arrival);
    end_connection(host, tcb, tcp::CallStatus::Reset);
    return Then::Return;
  }
  // A SYN with text may lie left of the window and still be acceptable.
  send_challenge_ack(host, tcb);
  return Then::Return;
}

}  // namespace tcprove::adapter::reference
