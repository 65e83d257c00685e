// RFC 9293 section 3.8.1, "Retransmission Timeout": what is sent again, and the samples of the
// round-trip time.

#include <algorithm>

#include "harness/adapter/reference/options.hpp"
#include "harness/adapter/reference/output.hpp"

namespace tcprove::adapter::reference {

using wire::distance;
using wire::SeqLen;
using wire::SeqNum;

namespace {

/// What of the stream was sent and begins at `seq`: at most a segment, and inside the window
/// (SHLD-16).
StreamSegment sent_segment_at(const Tcb& tcb, SeqNum seq) {
  const SeqNum text_end = tcb.fin_sent ? tcb.send_queue_end() : tcb.snd_nxt;
  const SeqLen in_window = tcb.snd_wnd - std::min(tcb.snd_wnd, distance(tcb.snd_una, seq));
  const SeqLen text = std::min({distance(seq, text_end), eff_snd_mss(tcb), in_window});
  return {.seq = seq,
          .text = text,
          .fin = tcb.fin_sent && seq + text == tcb.send_queue_end() && text < in_window};
}

SeqLen send_again(Host& host, Tcb& tcb, SeqNum seq) {
  const StreamSegment segment = sent_segment_at(tcb, seq);
  const SeqLen length = segment.text + (segment.fin ? 1U : 0U);
  if (length == 0) return 0;
  const SeqLen whole = std::min(distance(seq, tcb.snd_nxt), eff_snd_mss(tcb));
  if (host.defect(Fault::ShrunkWindowStopsRetransmission) && length < whole) return 0;
  if (!host.defect(Fault::KarnViolated))
    tcb.timed.reset();  // Karn's algorithm: which copy will be acknowledged nobody can tell.
  send_stream_segment(host, tcb, segment);
  return length;
}

}  // namespace

SeqLen retransmit_first(Host& host, Tcb& tcb) {
  if (host.defect(Fault::LastResentFirst) && tcb.outstanding() > eff_snd_mss(tcb)) {
    return send_again(host, tcb, tcb.snd_nxt - eff_snd_mss(tcb));
  }
  if (tcb.syn_acked) return send_again(host, tcb, tcb.snd_una);
  tcb.timed.reset();
  tcb.syn_retransmitted = true;
  send_syn(host, tcb);
  return 1;
}

void resend_presumed_lost(Host& host, Tcb& tcb) {
  // Limited transmit is for what was never sent, so cwnd alone counts.
  while (tcb.resend_nxt) {
    const SeqLen before = distance(tcb.snd_una, *tcb.resend_nxt);
    const SeqLen next = std::min(distance(*tcb.resend_nxt, tcb.snd_nxt), eff_snd_mss(tcb));
    if (before >= tcb.snd_wnd || before + next > tcb.congestion.cwnd()) return;
    const SeqLen length = send_again(host, tcb, *tcb.resend_nxt);
    if (length == 0) return;
    *tcb.resend_nxt += length;
    if (*tcb.resend_nxt == tcb.snd_nxt) tcb.resend_nxt.reset();
  }
}

}  // namespace tcprove::adapter::reference
