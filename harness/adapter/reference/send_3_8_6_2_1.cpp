// RFC 9293 section 3.8.6.2.1, "Sender's Algorithm - When to Send Data", with section 3.7.4 (Nagle)
// and RFC 5681's congestion window.

#include <algorithm>

#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/options.hpp"
#include "harness/adapter/reference/output.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::SeqLen;

namespace {

constexpr SeqLen kFs = 2;  // The denominator of the fraction Fs = 1/2.

bool may_send_stream(const Tcb& tcb) {
  switch (tcb.state) {
    case State::Established:
    case State::CloseWait:
    case State::FinWait1:
    case State::Closing:
    case State::LastAck:
      return true;
    default:
      return false;
  }
}

/// U: the usable window, SND.UNA+SND.WND-SND.NXT, or what congestion control leaves of it. A
/// window that the peer has shrunk may make it negative; then nothing is usable (SHLD-15).
SeqLen usable_window(const Host& host, const Tcb& tcb) {
  SeqLen window = std::min(tcb.snd_wnd, tcb.congestion.allowance());
  if (host.defect(Fault::NoSlowStart)) window = tcb.snd_wnd;
  if (host.defect(Fault::SendsBeyondWindow)) return window;
  if (host.defect(Fault::NegativeWindowWraps)) return window - tcb.outstanding();
  return window > tcb.outstanding() ? window - tcb.outstanding() : 0;
}

bool waits_for_more(const Host& host, const Tcb& tcb) {
  return host.defect(Fault::UnpushedTextWaits) && tcb.unsent_text() < eff_snd_mss(tcb) &&
         !tcb.close_requested;
}

/// Rules 1 to 3. All that SEND hands over counts as pushed, since it has no PUSH flag (MUST-60).
bool worth_sending(const Host& host, const Tcb& tcb, SeqLen d, SeqLen u) {
  const SeqLen n = std::min(d, u);
  if (n == 0 || waits_for_more(host, tcb)) return false;
  if (n >= eff_snd_mss(tcb) || host.defect(Fault::SenderSilly)) return true;
  // A CLOSE leaves nothing that waiting could add to the segment.
  const bool no_delay = !tcb.settings.nagle && !host.defect(Fault::NoDelayIgnored);
  const bool nagle_lets_go =
      no_delay || host.defect(Fault::NoNagle) || tcb.outstanding() == 0 || tcb.close_requested;
  return nagle_lets_go && (d <= u || n >= tcb.max_snd_wnd / kFs);
}

/// Whether the FIN has its turn after all text up to `text_end`, and room in the window.
bool fin_may_follow(const Host& host, const Tcb& tcb, wire::SeqNum text_end) {
  if (host.defect(Fault::FinHeldByNagle) && tcb.outstanding() > 0) return false;
  if (host.defect(Fault::FinNotSentInClosing) && tcb.state == State::Closing) return false;
  return tcb.fin_unsent() && text_end == tcb.send_queue_end() &&
         wire::distance(tcb.snd_una, text_end) < tcb.snd_wnd;
}

/// As much text as one segment takes.
SeqLen full_segment(const Host& host, const Tcb& tcb) {
  const SeqLen mss = eff_snd_mss(tcb);
  if (host.defect(Fault::SegmentsHalfFull)) return std::max<SeqLen>(mss / 2, 1);
  const bool inside = wire::distance(tcb.snd_nxt, tcb.first_send_end) <= tcb.unsent_text() &&
                      tcb.snd_nxt != tcb.first_send_end;
  if (host.defect(Fault::SendsNotMerged) && inside) {
    return std::min(mss, wire::distance(tcb.snd_nxt, tcb.first_send_end));
  }
  return mss;
}

void send_new(Host& host, Tcb& tcb, SeqLen text) {
  const wire::SeqNum seq = tcb.snd_nxt;
  const bool fin = fin_may_follow(host, tcb, seq + text);
  tcb.snd_nxt = seq + text + (fin ? 1U : 0U);
  if (!tcb.timed) tcb.timed = {.end = tcb.snd_nxt, .begun = host.now()};
  if (fin) {
    tcb.fin_sent = true;
    // Section 3.10.4: in CLOSE-WAIT the CLOSE waits until all is segmentized.
    if (tcb.state == State::CloseWait) tcb.state = State::LastAck;
    if (tcb.state == State::Established)
      tcb.state = State::FinWait1;  // Of Fault::CloseWaitsForItsFin.
  }
  send_stream_segment(host, tcb, {.seq = seq, .text = text, .fin = fin, .first_time = true});
  if (host.defect(Fault::LastAckFreedEarly) && tcb.state == State::LastAck) {
    enter_closed(host, tcb);
  }
}

}  // namespace

void send_what_is_allowed(Host& host, Tcb& tcb) {
  if (!may_send_stream(tcb) || tcb.ecn.waits) return;
  resend_presumed_lost(host, tcb);
  if (tcb.resend_nxt) return;
  if (tcb.outstanding() == 0 && host.now() - tcb.last_sent_at > tcb.rto.current()) {
    if (!host.defect(Fault::IdleWindowKept)) tcb.congestion.restart_after_idle();
  }
  while (worth_sending(host, tcb, tcb.unsent_text(), usable_window(host, tcb))) {
    const SeqLen full = full_segment(host, tcb);
    send_new(host, tcb, std::min({tcb.unsent_text(), usable_window(host, tcb), full}));
  }
  if (fin_may_follow(host, tcb, tcb.snd_nxt)) send_new(host, tcb, 0);
}

void send_after_override(Host& host, Tcb& tcb) {
  const SeqLen n = std::min({tcb.unsent_text(), usable_window(host, tcb), eff_snd_mss(tcb)});
  if (n > 0 && !waits_for_more(host, tcb)) send_new(host, tcb, n);
}

}  // namespace tcprove::adapter::reference
