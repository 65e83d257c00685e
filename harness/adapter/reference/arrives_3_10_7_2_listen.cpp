// RFC 9293 section 3.10.7.2, "LISTEN STATE".

#include <algorithm>

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/source_route_3_9_2_1.hpp"

namespace tcprove::adapter::reference {

using wire::Flag;

bool arrives_listen(Host& host, const Arrival& arrival) {
  const wire::Flags ctl = arrival.seg.ctl;
  if (host.defect(Fault::ListenTakesSynWithRst) && ctl == (Flag::Syn | Flag::Rst)) return true;
  // First, check for a RST.
  if (ctl.has(Flag::Rst)) return false;
  // Second, check for an ACK: "any acknowledgment is bad".
  if (ctl.has(Flag::Ack)) {
    Arrival answered = arrival;
    if (host.defect(Fault::ListenRstOneAhead)) answered.seg.ack += 1;
    reply_rst(host, answered);
    return false;
  }
  if (host.defect(Fault::SynWithEcnRejected) && ctl.any(Flag::Ece | Flag::Cwr)) return false;
  if (host.defect(Fault::SynAtSignBitDropped) && arrival.seg.seq.raw() == 0x8000'0000U)
    return false;
  // Third, check for a SYN. Fourth, other data or control is dropped.
  return ctl.has(Flag::Syn) || host.defect(Fault::ListenTakesAnything);
}

void accept_syn(Host& host, Tcb& tcb, const Arrival& arrival, const Tcb* time_wait) {
  const wire::Segment& seg = arrival.seg;
  tcb.rcv_nxt = seg.seq + (host.defect(Fault::SynNotCountedInAck) ? 0 : 1);
  tcb.irs = seg.seq;
  tcb.rcv_buff = kReceiveBufferUnscaled;
  tcb.rcv_wnd = tcb.rcv_buff;
  take_syn_options(host, tcb, read_options(host, seg.options));
  take_way_back(host, tcb, arrival.way_back);
  take_send_window(host, tcb, seg);
  take_ecn_setup(host, tcb, seg.ctl);
  queue_what_came_with_syn(tcb, arrival);

  tcb.iss = time_wait != nullptr ? select_iss_past(host, *time_wait) : host.select_iss(tcb.tuple);
  tcb.snd_nxt = tcb.iss + (host.defect(Fault::OwnSynNotCounted) ? 0 : 1);
  tcb.snd_una = tcb.iss;
  tcb.send_queue_begin = tcb.snd_nxt;
  tcb.state = tcp::State::SynReceived;
  tcb.timed = {.end = tcb.snd_nxt, .begun = host.now()};
  send_syn(host, tcb);
  finish_event(host, tcb);
}

void queue_what_came_with_syn(Tcb& tcb, const Arrival& arrival) {
  const wire::Octets text =
      arrival.seg.payload.first(std::min<std::size_t>(arrival.seg.payload.size(), tcb.rcv_wnd));
  const bool fin = arrival.seg.ctl.has(Flag::Fin) && text.size() == arrival.seg.payload.size();
  tcb.reassembly.hold(tcb.rcv_nxt, tcb.rcv_nxt, text, fin);
}

}  // namespace tcprove::adapter::reference
