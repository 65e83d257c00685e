// RFC 9293 section 3.10.7.4, "First, check sequence number".

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::Flag;
using wire::SeqLen;

namespace {

/// Table 6.
bool acceptable(const Tcb& tcb, const wire::Segment& seg) {
  const wire::SeqWindow window{.left = tcb.rcv_nxt, .size = tcb.rcv_wnd};
  const SeqLen len = seg.len();
  if (len == 0 && window.size == 0) return seg.seq == tcb.rcv_nxt;
  if (len == 0) return window.contains(seg.seq);
  return window.contains(seg.seq) || window.contains(seg.seq + (len - 1));
}

/// "The only thing that can arrive in this state is a retransmission of the remote FIN": it lies
/// left of RCV.NXT, so this check is where it is met.
bool is_retransmitted_fin(const Tcb& tcb, const wire::Segment& seg) {
  return seg.ctl.has(Flag::Fin) && seg.seq + seg.len() == tcb.rcv_nxt;
}

}  // namespace

bool is_crossing_syn_ack(const Tcb& tcb, const wire::Segment& seg) {
  return tcb.state == State::SynReceived && !tcb.passive() && seg.ctl.has(Flag::Syn) &&
         seg.ctl.has(Flag::Ack) && seg.seq == tcb.irs;
}

Then first_check_sequence_number(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  if (acceptable(tcb, seg)) {
    remember_timestamp(host, tcb, seg);
    return Then::Continue;
  }
  const bool rst = seg.ctl.has(Flag::Rst);
  if (tcb.rcv_wnd == 0 && seg.seq == tcb.rcv_nxt) {
    // "special allowance should be made to accept valid ACKs, URGs, and RSTs" (MUST-66); the text
    // is refused, and the ACK says so.
    if (!rst) tcb.ack_due = AckDue::Now;
    return Then::Continue;
  }
  if (rst) return Then::Return;
  if (is_crossing_syn_ack(tcb, seg)) {
    tcb.ack_due = AckDue::Now;
    return Then::Continue;
  }
  if (tcb.state == State::TimeWait && is_retransmitted_fin(tcb, seg)) enter_time_wait(host, tcb);
  if (seg.ctl.has(Flag::Syn)) {
    send_challenge_ack(host, tcb);
  } else {
    send_ack(host, tcb);
  }
  return Then::Return;
}

}  // namespace tcprove::adapter::reference
