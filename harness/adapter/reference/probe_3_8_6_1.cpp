// RFC 9293 section 3.8.6.1, "Zero-Window Probing".

#include <algorithm>

#include "harness/adapter/reference/options.hpp"
#include "harness/adapter/reference/output.hpp"

namespace tcprove::adapter::reference {

using wire::SeqLen;

void send_window_probe(Host& host, Tcb& tcb) {
  const bool text = tcb.snd_una != tcb.send_queue_end();
  if (host.defect(Fault::WindowProbeOfFinMissing) && !text) return;
  const StreamSegment probe{.seq = tcb.snd_una, .text = text ? 1U : 0U, .fin = !text};
  if (tcb.outstanding() == 0) {
    if (!text || !host.defect(Fault::ProbeOctetNotCounted)) tcb.snd_nxt += 1;
    if (probe.fin) {
      tcb.fin_sent = true;
      if (tcb.state == tcp::State::CloseWait) tcb.state = tcp::State::LastAck;
    }
  }
  tcb.timed.reset();
  ++tcb.window_probes;
  send_stream_segment(host, tcb, probe);
}

void resend_probed(Host& host, Tcb& tcb) {
  tcb.window_probes = 0;
  const SeqLen sent = tcb.outstanding();
  if (sent == 0) return;
  const SeqLen window = std::min(tcb.snd_wnd, tcb.congestion.allowance());
  const SeqLen queued = static_cast<SeqLen>(tcb.send_queue.size());
  SeqLen text = std::min({queued, eff_snd_mss(tcb), window});
  // What follows comes along if it makes a segment worth sending (section 3.8.6.2.1).
  if (text < eff_snd_mss(tcb) && text < queued) text = std::min(text, sent);
  const bool fin = tcb.fin_sent && text == queued && text < window;
  const SeqLen length = text + (fin ? 1U : 0U);

  tcb.timed.reset();
  tcb.snd_nxt = tcb.snd_una + std::max(sent, length);
  tcb.resend_nxt.reset();
  if (length < sent) tcb.resend_nxt = tcb.snd_una + length;
  send_stream_segment(host, tcb, {.seq = tcb.snd_una, .text = text, .fin = fin});
}

}  // namespace tcprove::adapter::reference
