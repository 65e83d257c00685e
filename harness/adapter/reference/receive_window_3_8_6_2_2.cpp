// RFC 9293 section 3.8.6.2.2, "Receiver's Algorithm - When to Send a Window Update".

#include <algorithm>

#include "harness/adapter/reference/options.hpp"
#include "harness/adapter/reference/output.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::SeqLen;

namespace {

constexpr SeqLen kFr = 2;  // The denominator of the fraction Fr = 1/2.

/// RCV.BUFF - RCV.USER - RCV.WND: how far the right edge could move.
SeqLen reduction(const Tcb& tcb) {
  const SeqLen used = static_cast<SeqLen>(tcb.receive_queue.size()) + tcb.rcv_wnd;
  return tcb.rcv_buff > used ? tcb.rcv_buff - used : 0;
}

bool edge_may_move(const Host& host, const Tcb& tcb) {
  if (host.defect(Fault::ReceiverSilly)) return reduction(tcb) > 0;
  return reduction(tcb) >= std::min(tcb.rcv_buff / kFr, eff_snd_mss(tcb));
}

bool peer_may_send(const Tcb& tcb) {
  return tcb.state == State::Established || tcb.state == State::FinWait1 ||
         tcb.state == State::FinWait2;
}

}  // namespace

void advance_right_edge(const Host& host, Tcb& tcb) {
  if (!edge_may_move(host, tcb)) return;
  // A window that the scaled field can tell exactly: what is accepted is what was announced.
  const SeqLen wnd = (tcb.rcv_wnd + reduction(tcb)) >> tcb.rcv_wind_shift << tcb.rcv_wind_shift;
  tcb.rcv_wnd = std::max(tcb.rcv_wnd, wnd);
}

void send_window_update_if_worth(Host& host, Tcb& tcb) {
  if (host.defect(Fault::NoWindowUpdate)) return;
  if (!peer_may_send(tcb) || !edge_may_move(host, tcb)) return;
  const bool closed = tcb.rcv_wnd == 0;
  if (host.defect(Fault::WindowToldFromZeroAlone) && !closed) return;
  // A sender that still has a segment's worth of window is told with the next ACK, as long as the
  // news is small: one update for every segment read would double the ACKs.
  const SeqLen segment = eff_snd_mss(tcb);
  if (tcb.rcv_wnd >= segment && reduction(tcb) < 2 * segment) return;
  send_ack(host, tcb);
  if (host.defect(Fault::WindowUpdateResendsFin) && closed && tcb.fin_sent) {
    send_stream_segment(host, tcb, {.seq = tcb.snd_nxt, .text = 0, .fin = true});
  }
}

}  // namespace tcprove::adapter::reference
