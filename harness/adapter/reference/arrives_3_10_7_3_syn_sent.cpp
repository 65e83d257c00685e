// RFC 9293 section 3.10.7.3, "SYN-SENT STATE".

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/source_route_3_9_2_1.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::State;
using wire::after_up_to;
using wire::Flag;

namespace {

/// What Fault::SynSentTakesAckOfIss and Fault::SynSentAckUnchecked do.
bool takes_wrong_ack(const Host& host, const Tcb& tcb, const wire::Segment& seg) {
  if (!seg.ctl.has(Flag::Syn) || !seg.ctl.has(Flag::Ack) || seg.ack == tcb.snd_nxt) return false;
  return host.defect(Fault::SynSentAckUnchecked) ||
         (host.defect(Fault::SynSentTakesAckOfIss) && seg.ack == tcb.iss);
}

Arrival with_ack(Arrival arrival, wire::SeqNum ack) {
  arrival.seg.ack = ack;
  return arrival;
}

}  // namespace

void arrives_syn_sent(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  const bool ack = seg.ctl.has(Flag::Ack);
  if (takes_wrong_ack(host, tcb, seg)) {
    return arrives_syn_sent(host, tcb, with_ack(arrival, tcb.snd_nxt));
  }

  // First, check the ACK bit.
  if (ack && !after_up_to(tcb.snd_una, seg.ack, tcb.snd_nxt)) {
    if (host.defect(Fault::SynSentSilentOnBadAck) && !seg.ctl.has(Flag::Syn)) return;
    if (!seg.ctl.has(Flag::Rst) || host.defect(Fault::SynSentRstAnswered)) {
      reply_rst(host, arrival);
    }
    if (host.defect(Fault::BadAckDrawsSyn)) send_syn(host, tcb);
    return;
  }

  // Second, check the RST bit. Erratum 8167 takes back RFC 9293's comparison of SEG.SEQ with
  // RCV.NXT, which is not known here.
  if (seg.ctl.has(Flag::Rst)) {
    if (!ack && !host.defect(Fault::RstInSynSentUnvalidated)) return;
    if (host.defect(Fault::RstOfSynIgnored) && seg.ack != tcb.iss) return;
    if (falls_back_from_ecn(tcb)) return send_syn(host, tcb);
    return end_connection(host, tcb, CallStatus::Reset);
  }

  if (host.defect(Fault::SynSentFinProcessed) && seg.ctl.has(Flag::Fin)) {
    tcb.state = State::CloseWait;
  }
  // Fourth, check the SYN bit. Fifth, without it the segment is dropped.
  if (!seg.ctl.has(Flag::Syn)) return;
  tcb.rcv_nxt = seg.seq + 1;
  tcb.irs = seg.seq;
  take_syn_options(host, tcb, read_options(host, seg.options));
  take_way_back(host, tcb, arrival.way_back);
  take_send_window(host, tcb, seg);
  take_ecn_setup(host, tcb, seg.ctl);
  if (!ack) {
    // Simultaneous open (MUST-10).
    tcb.state = State::SynReceived;
    if (host.defect(Fault::SimultaneousOpenAnsweredWithAck)) return send_ack(host, tcb);
    queue_what_came_with_syn(tcb, arrival);
    send_syn(host, tcb);
    finish_event(host, tcb);
    if (host.defect(Fault::SynWithFinCloses) && seg.ctl.has(Flag::Fin))
      tcb.state = State::CloseWait;
    return;
  }
  enter_established(host, tcb);
  acknowledge(host, tcb, arrival);
  if (host.defect(Fault::SynAckTextNotDelivered)) {
    tcb.rcv_nxt += static_cast<wire::SeqLen>(seg.payload.size());
  }
  // The ACK rides on queued text where there is some. What else the segment carries is taken up at
  // the sixth step of 3.10.7.4.
  tcb.ack_due = AckDue::Now;
  sixth_check_urg(host, tcb, arrival);
  if (seventh_process_text(host, tcb, arrival) == Then::Continue) {
    eighth_check_fin(host, tcb, arrival);
  }
  finish_event(host, tcb);
}

}  // namespace tcprove::adapter::reference
