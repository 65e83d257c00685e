// RFC 9293 section 3.10.7.4, "Fifth, check the ACK field", with RFC 5961 section 5.

#include <algorithm>

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/options.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::after_up_to;
using wire::distance;
using wire::Flag;
using wire::SeqLen;
using wire::SeqNum;

namespace {

/// The segment's window in octets (RFC 7323 section 2.3).
SeqLen window_of(const Host& host, const Tcb& tcb, const wire::Segment& seg) {
  if (host.defect(Fault::WindowSigned) && seg.wnd >= 0x8000) return 0;
  const bool scaled = !seg.ctl.has(Flag::Syn) || host.defect(Fault::WindowScaledOnPeersSyn);
  return scaled ? SeqLen{seg.wnd} << tcb.snd_wind_shift : seg.wnd;
}

/// RFC 5681 section 2. Into a closed window only probes go, whose answers tell of no loss.
bool is_duplicate_ack(const Host& host, const Tcb& tcb, const wire::Segment& seg) {
  const bool same_window =
      window_of(host, tcb, seg) == tcb.snd_wnd || host.defect(Fault::DuplicateAcksByWindow);
  const bool empty = seg.payload.empty() || host.defect(Fault::DuplicateAcksWithData);
  return tcb.outstanding() > 0 && empty && !seg.ctl.any(Flag::Syn | Flag::Fin) &&
         seg.ack == tcb.snd_una && same_window && tcb.snd_wnd > 0;
}

/// "SND.WL1 < SEG.SEQ or (SND.WL1 = SEG.SEQ and SND.WL2 =< SEG.ACK)"; SEG.SEQ is acceptable and so
/// no further from SND.WL1 than half the circle.
bool window_is_news(const Host& host, const Tcb& tcb, const wire::Segment& seg) {
  if (host.defect(Fault::OldWindowTaken)) return true;
  if (tcb.snd_wl1 == seg.seq) return distance(tcb.snd_wl2, seg.ack) < 0x8000'0000U;
  return distance(tcb.snd_wl1, seg.seq) < 0x8000'0000U;
}

/// What Fault::WindowScaleReparsed does.
void reparse_window_scale(const Host& host, Tcb& tcb, const wire::Segment& seg) {
  if (const auto scale = read_options(host, seg.options).window_scale) tcb.snd_wind_shift = *scale;
}

void update_send_window(Host& host, Tcb& tcb, const wire::Segment& seg) {
  if (host.defect(Fault::WindowScaleReparsed)) reparse_window_scale(host, tcb, seg);
  if (window_is_news(host, tcb, seg)) {
    take_send_window(host, tcb, seg);
    if (host.defect(Fault::ShrunkWindowEnds) && tcb.outstanding() > tcb.snd_wnd) {
      return end_connection(host, tcb, tcp::CallStatus::Reset);
    }
    if (tcb.snd_wnd > 0 && tcb.window_probes > 0) resend_probed(host, tcb);
  }
  // MUST-37: while the probes of a closed window are answered, nothing has timed out.
  if (host.defect(Fault::WindowProbeEndsConnection)) return;
  const bool past_edge = tcb.outstanding() > tcb.snd_wnd + 1;
  if (host.defect(Fault::ShrunkEdgeTimesOut) && past_edge) return;
  if (tcb.snd_wnd == 0) host.stop_timer(tcb, TimerKind::UserTimeout);
}

/// Whether SND.UNA is to be sent again for it.
bool duplicate_ack(const Host& host, Tcb& tcb) {
  if (host.defect(Fault::DuplicateAcksIgnored)) return false;
  const CongestionControl before = tcb.congestion;
  const bool lost = tcb.congestion.on_duplicate_ack(tcb.snd_una, tcb.snd_nxt);
  if (lost) note_reduction(host, tcb);
  if (host.defect(Fault::FastRetransmitKeepsWindow) && lost) tcb.congestion = before;
  return lost || host.defect(Fault::FastRetransmitEarly);
}

/// The processing of ESTABLISHED, which all synchronized states share.
Then process_ack(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  if (host.defect(Fault::MssForgotten)) tcb.snd_mss = local_mss(tcb.tuple.stack.address.version);
  // (SND.UNA - MAX.SND.WND) =< SEG.ACK =< SND.NXT (MAY-12).
  const SeqLen age = host.defect(Fault::OldAcksUnchecked) ? 0x7fff'ffff : tcb.max_snd_wnd;
  const SeqNum oldest = tcb.snd_una - age;
  if (distance(oldest, seg.ack) > distance(oldest, tcb.snd_nxt)) {
    if (host.defect(Fault::AckOfUnsentSilent)) return Then::Return;
    send_challenge_ack(host, tcb);
    return host.defect(Fault::AckOfUnsentTextTaken) ? Then::Continue : Then::Return;
  }
  const bool advances = after_up_to(tcb.snd_una, seg.ack, tcb.snd_nxt);
  bool resend = false;
  if (advances || seg.ack == tcb.snd_una) take_echo(host, tcb, seg);
  if (advances) {
    resend = acknowledge(host, tcb, arrival);
  } else if (is_duplicate_ack(host, tcb, seg)) {
    resend = duplicate_ack(host, tcb);
  } else if (host.defect(Fault::OldAckDropsText) && seg.ack != tcb.snd_una) {
    return Then::Return;
  }
  if (host.defect(Fault::WindowOnlyWithNewAck) && !advances) return Then::Continue;
  // "If SND.UNA =< SEG.ACK =< SND.NXT, the send window should be updated."
  if (distance(tcb.snd_una, seg.ack) <= tcb.outstanding()) update_send_window(host, tcb, seg);
  if (!resend) return Then::Continue;
  const SeqLen length = retransmit_first(host, tcb);
  if (host.defect(Fault::AllResentForOneHole)) tcb.resend_nxt = tcb.snd_una + length;
  return Then::Continue;
}

}  // namespace

void take_send_window(const Host& host, Tcb& tcb, const wire::Segment& seg) {
  tcb.snd_wnd = window_of(host, tcb, seg);
  if (host.defect(Fault::WindowIn16Bits)) tcb.snd_wnd &= 0xffff;
  tcb.snd_wl1 = seg.seq;
  tcb.snd_wl2 = seg.ack;
  tcb.max_snd_wnd = std::max(tcb.max_snd_wnd, tcb.snd_wnd);
}

bool acknowledge(Host& host, Tcb& tcb, const Arrival& arrival) {
  const SeqNum ack = arrival.seg.ack;
  take_rtt_sample(host, tcb, arrival.seg);
  if (!tcb.syn_acked) {
    tcb.syn_acked = true;
    const bool lost = tcb.syn_retransmitted && !host.defect(Fault::LostSynForgotten);
    tcb.congestion.begin(eff_snd_mss(tcb), lost, tcb.iss);
    if (tcb.syn_retransmitted && !host.defect(Fault::ThreeSecondRuleIgnored)) {
      tcb.rto.begin_data_after_lost_syn();
    }
  }
  const SeqLen text =
      std::min(distance(tcb.send_queue_begin, ack), static_cast<SeqLen>(tcb.send_queue.size()));
  tcb.send_queue.erase(tcb.send_queue.begin(), tcb.send_queue.begin() + text);
  tcb.send_queue_begin += text;
  tcb.snd_una = ack;
  if (host.defect(Fault::AckOfFinTakenForText) && text > 0 && tcb.fin_acked())
    tcb.snd_una = ack - 1;
  tcb.timeouts = 0;
  // RFC 6298 (5.3), and the user's timeout likewise: progress starts them anew.
  if (!host.defect(Fault::RtxTimerNotRestarted)) host.stop_timer(tcb, TimerKind::Retransmission);
  host.stop_timer(tcb, TimerKind::UserTimeout);

  if (tcb.resend_nxt && distance(ack, *tcb.resend_nxt) > tcb.outstanding()) tcb.resend_nxt = ack;
  if (tcb.outstanding() == 0) tcb.resend_nxt.reset();
  if (tcb.snd_up && distance(*tcb.snd_up, ack) < 0x8000'0000U) tcb.snd_up.reset();
  SeqLen counted = host.defect(Fault::AckDivision) ? eff_snd_mss(tcb) : text;
  if (is_echo(tcb, arrival.seg) && !tcb.congestion.recovering()) counted = 0;
  if (host.defect(Fault::WindowGrowsTwice)) {
    tcb.congestion.on_new_ack(counted, tcb.snd_una, tcb.snd_nxt);
  }
  const bool next_is_lost = tcb.congestion.on_new_ack(counted, tcb.snd_una, tcb.snd_nxt);
  return next_is_lost && !host.defect(Fault::PartialAckWaits);
}

Then fifth_check_ack(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  if (host.defect(Fault::AckBitNotAsked) && !seg.ctl.has(Flag::Ack)) return Then::Continue;
  if (host.defect(Fault::AckZeroIsNoAck) && seg.ack == SeqNum(0)) return Then::Return;
  if (!seg.ctl.has(Flag::Ack)) return Then::Return;
  if (tcb.state == State::SynReceived) {
    // RFC 5961's range is not asked for here: a wrong ACK of a half-open connection draws the reset
    // of section 3.5.2, group 2, without which the other half would never end.
    const bool too_low = host.defect(Fault::SynReceivedTakesAckOfIss) && seg.ack == tcb.iss;
    if (!after_up_to(tcb.snd_una, seg.ack, tcb.snd_nxt) && !too_low) {
      if (!host.defect(Fault::SynReceivedSilentOnBadAck)) reply_rst(host, arrival);
      return Then::Return;
    }
    enter_established(host, tcb);
    if (host.defect(Fault::HandshakeWindowLost)) {
      const SeqLen window_of_syn = tcb.snd_wnd;
      const Then then = process_ack(host, tcb, arrival);
      tcb.snd_wnd = window_of_syn;
      return then;
    }
    take_send_window(host, tcb, seg);
    if (host.defect(Fault::HandshakeAckEndsProcessing)) {
      process_ack(host, tcb, arrival);
      return Then::Return;
    }
  }
  if (process_ack(host, tcb, arrival) == Then::Return) return Then::Return;
  switch (tcb.state) {
    case State::FinWait1:
      if (host.defect(Fault::AckOnFinOverlooked) && seg.ctl.has(Flag::Fin)) return Then::Continue;
      if (tcb.fin_acked() || host.defect(Fault::FinWait2OnAnyAck)) tcb.state = State::FinWait2;
      return Then::Continue;
    case State::Closing:
      if (tcb.fin_acked()) enter_time_wait(host, tcb);
      return Then::Return;  // "otherwise, ignore the segment"
    case State::LastAck:
      if (!tcb.fin_acked() && !host.defect(Fault::LastAckEndsOnAnyAck)) return Then::Continue;
      if (host.defect(Fault::LastAckNeverEnds)) return Then::Return;
      enter_closed(host, tcb);
      if (host.defect(Fault::LastAckGoesOn)) reply_rst(host, arrival);
      return Then::Return;
    case State::TimeWait:
      // "a retransmission of the remote FIN. Acknowledge it, and restart the 2 MSL timeout."
      if (host.defect(Fault::TimeWaitAcksAll)) tcb.ack_due = AckDue::Now;
      // Anything else stays unanswered: two TIME-WAITs would acknowledge each other without end.
      if (!seg.ctl.has(Flag::Fin)) return Then::Return;
      enter_time_wait(host, tcb);
      tcb.ack_due = AckDue::Now;
      return Then::Return;
    default:
      return Then::Continue;
  }
}

}  // namespace tcprove::adapter::reference
