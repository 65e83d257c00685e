// RFC 9293 section 3.10.7.4, "First, check sequence number".

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/source_route_3_9_2_1.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::Flag;
using wire::SeqLen;

namespace {

/// Table 6.
bool acceptable(const Host& host, const Tcb& tcb, const wire::Segment& seg) {
  const wire::SeqWindow window{.left = tcb.rcv_nxt, .size = tcb.rcv_wnd};
  const SeqLen len = seg.len();
  if (host.defect(Fault::SequenceComparedUnsigned)) {
    return seg.seq.raw() >= window.left.raw() && seg.seq.raw() < window.right().raw();
  }
  if (host.defect(Fault::SequenceComparedSigned)) {
    const auto as_signed = [](wire::SeqNum number) {
      return static_cast<std::int32_t>(number.raw());
    };
    return as_signed(seg.seq) >= as_signed(window.left) &&
           as_signed(seg.seq) < as_signed(window.right());
  }
  if (host.defect(Fault::LeftOverlapRejected)) return window.contains(seg.seq);
  if (len == 0 && window.size == 0) return seg.seq == tcb.rcv_nxt;
  if (len == 0) return window.contains(seg.seq);
  return window.contains(seg.seq) || window.contains(seg.seq + (len - 1));
}

/// "The only thing that can arrive in this state is a retransmission of the remote FIN": it lies
/// left of RCV.NXT, so this check is where it is met.
bool is_retransmitted_fin(const Tcb& tcb, const wire::Segment& seg) {
  return seg.ctl.has(Flag::Fin) && seg.seq + seg.len() == tcb.rcv_nxt;
}

bool has_unknown_option(const wire::Segment& seg) {
  wire::OptionReader reader(seg.options);
  while (const auto option = reader.next()) {
    if (std::holds_alternative<wire::UnknownOption>(*option)) return true;
  }
  return false;
}

/// Where a mistake answers an unacceptable segment in the place of the RFC.
bool answered_wrongly(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  const bool syn = seg.ctl.has(Flag::Syn) && tcb.state == State::SynReceived;
  const bool fin = seg.ctl.has(Flag::Fin) && tcb.fin_received;
  if (host.defect(Fault::DuplicateSynDrawsRst) && syn) {
    reply_rst(host, arrival);
  } else if (host.defect(Fault::DuplicateSynAdvancesRcvNxt) && syn) {
    tcb.rcv_nxt += 1;
    send_syn(host, tcb);
  } else if (host.defect(Fault::DuplicateFinAdvancesRcvNxt) && fin) {
    tcb.rcv_nxt += 1;
    send_ack(host, tcb);
  } else if (host.defect(Fault::ChallengeLimitOnAllAcks)) {
    send_challenge_ack(host, tcb);
  } else {
    const bool probe = seg.len() == 0 && seg.seq + 1 == tcb.rcv_nxt;
    return host.defect(Fault::UnacceptableSilent) ||
           (host.defect(Fault::KeepAliveUnanswered) && probe) ||
           (host.defect(Fault::TimeWaitFinUnanswered) && tcb.state == State::TimeWait && fin);
  }
  return true;
}

}  // namespace

bool is_crossing_syn_ack(const Host& host, const Tcb& tcb, const wire::Segment& seg) {
  if (host.defect(Fault::CrossingSynAckNotTaken)) return false;
  return tcb.state == State::SynReceived && !tcb.passive() && seg.ctl.has(Flag::Syn) &&
         seg.ctl.has(Flag::Ack) && seg.seq == tcb.irs;
}

Then first_check_sequence_number(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  const bool rst = seg.ctl.has(Flag::Rst);
  const bool past_syn = !seg.ctl.has(Flag::Syn);
  if (host.defect(Fault::OptionsPastSynDropped) && past_syn && has_unknown_option(seg)) {
    return Then::Return;
  }
  if (host.defect(Fault::RstInConnectionAnswered) && rst) reply_rst(host, arrival);
  if (host.defect(Fault::PawsPoisoned)) remember_timestamp(host, tcb, seg);
  if (host.defect(Fault::RstDroppedAtZeroWindow) && rst && tcb.rcv_wnd == 0) return Then::Return;
  if (host.defect(Fault::AckDroppedAtZeroWindow) && !rst && tcb.rcv_wnd == 0) {
    tcb.ack_due = AckDue::Now;
    return Then::Return;
  }
  if (host.defect(Fault::HandshakeSequenceUnchecked) && tcb.state == State::SynReceived &&
      seg.ctl == Flag::Ack) {
    return Then::Continue;
  }
  if (acceptable(host, tcb, seg)) {
    remember_timestamp(host, tcb, seg);
    take_way_back(host, tcb, arrival.way_back);
    return Then::Continue;
  }
  if (host.defect(Fault::CeOutOfWindowTaken)) note_congestion_marks(host, tcb, arrival);
  if (host.defect(Fault::AckBeforeSequence)) fifth_check_ack(host, tcb, arrival);
  if (tcb.rcv_wnd == 0 && seg.seq == tcb.rcv_nxt) {
    // "special allowance should be made to accept valid ACKs, URGs, and RSTs" (MUST-66); the text
    // is refused, and the ACK says so.
    if (!rst && !host.defect(Fault::ZeroWindowSilent)) tcb.ack_due = AckDue::Now;
    return Then::Continue;
  }
  if (host.defect(Fault::RstAnySequence) && rst) {
    end_connection(host, tcb, tcp::CallStatus::Reset);
  }
  if (host.defect(Fault::RstOutOfWindowAnswered) && rst) send_ack(host, tcb);
  if (rst) return Then::Return;
  if (is_crossing_syn_ack(host, tcb, seg)) {
    tcb.ack_due = AckDue::Now;
    return Then::Continue;
  }
  if (answered_wrongly(host, tcb, arrival)) return Then::Return;
  if (tcb.state == State::TimeWait && is_retransmitted_fin(tcb, seg)) enter_time_wait(host, tcb);
  if (seg.ctl.has(Flag::Syn)) {
    if (tcb.state == State::SynReceived) take_ecn_setup(host, tcb, seg.ctl);
    send_challenge_ack(host, tcb);
  } else {
    note_duplicate(host, tcb, seg);
    send_ack(host, tcb);
  }
  return Then::Return;
}

}  // namespace tcprove::adapter::reference
