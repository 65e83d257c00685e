// RFC 9293 section 3.10.7.4, "Seventh, process the segment text", with section 3.8.6.3 (delayed
// acknowledgments) and RFC 5681 section 4.2.

#include <algorithm>
#include <utility>
#include <vector>

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::distance;
using wire::Flag;
using wire::SeqLen;
using wire::SeqNum;

namespace {

/// What of a segment lies in the receive window; a SYN is gone.
struct Trimmed {
  SeqNum begin;
  wire::Octets text;
  bool fin = false;

  [[nodiscard]] bool empty() const { return text.empty() && !fin; }
};

Trimmed trim_to_window(const Host& host, const Tcb& tcb, const wire::Segment& seg) {
  Trimmed trimmed{.begin = seg.seq + (seg.ctl.has(Flag::Syn) ? 1U : 0U),
                  .text = seg.payload,
                  .fin = seg.ctl.has(Flag::Fin)};
  if (distance(tcb.rcv_nxt, trimmed.begin) > tcb.rcv_wnd) {
    const SeqLen old = distance(trimmed.begin, tcb.rcv_nxt);
    if (old > trimmed.text.size()) return {.begin = tcb.rcv_nxt, .text = {}};
    if (!host.defect(Fault::OverlapDeliveredTwice)) trimmed.text = trimmed.text.subspan(old);
    if (host.defect(Fault::FinOfPartlyOldIgnored)) trimmed.fin = false;
    trimmed.begin = tcb.rcv_nxt;
  }
  if (host.defect(Fault::UrgentTextSkipped) && seg.ctl.has(Flag::Urg)) {
    trimmed.text = trimmed.text.subspan(std::min<std::size_t>(seg.up, trimmed.text.size()));
  }
  if (host.defect(Fault::TextBeyondWindowTaken)) return trimmed;
  const SeqLen room = tcb.rcv_wnd - distance(tcb.rcv_nxt, trimmed.begin);
  if (trimmed.text.size() >= room) trimmed.fin = false;
  trimmed.text = trimmed.text.first(std::min<std::size_t>(trimmed.text.size(), room));
  return trimmed;
}

/// At most every second segment goes unacknowledged, whatever its size, and at most 2*RMSS octets,
/// also where one segment brings them (SHLD-19).
AckDue one_more_segment(const Host& host, const Tcb& tcb) {
  if (host.defect(Fault::AckNotDelayed)) return AckDue::Now;
  if (host.defect(Fault::StretchAck)) return AckDue::Delayed;
  const SeqLen rmss = local_mss(tcb.tuple.stack.address.version);
  const bool many = distance(tcb.last_ack_sent, tcb.rcv_nxt) >= 2 * rmss;
  return tcb.ack_due == AckDue::No && !many ? AckDue::Delayed : AckDue::Now;
}

/// A segment beyond a gap is held (SHLD-31). The duplicate ACK goes at once and alone, so that it
/// counts as one.
void hold_beyond_gap(Host& host, Tcb& tcb, const Trimmed& segment) {
  const SeqLen place = distance(tcb.irs + 1, segment.begin) % tcb.rcv_buff;
  const bool lost =
      place + segment.text.size() > tcb.rcv_buff && host.defect(Fault::HeldTextLostAtWrap);
  const std::vector<std::uint8_t> zeros(lost ? segment.text.size() : 0);
  const wire::Octets text = lost ? wire::Octets(zeros) : segment.text;
  if (!host.defect(Fault::NoReassembly)) {
    tcb.reassembly.hold(tcb.rcv_nxt, segment.begin, text, segment.fin);
    note_arrival_beyond_gap(tcb, segment.begin);
  }
  if (!host.defect(Fault::GapNotAcknowledged)) send_ack(host, tcb);
}

}  // namespace

Then seventh_process_text(Host& host, Tcb& tcb, const Arrival& arrival) {
  const bool peer_may_send = tcb.state == State::Established || tcb.state == State::FinWait1 ||
                             tcb.state == State::FinWait2;
  if (host.defect(Fault::CloseWaitTextDrawsRst) && !arrival.seg.payload.empty() &&
      tcb.state == State::CloseWait) {
    reply_rst(host, arrival);
  }
  if (host.defect(Fault::HalfClosedTextDropped) && tcb.close_requested) return Then::Continue;
  if (host.defect(Fault::FastOpenPastSynDropped) &&
      wire::find_option<wire::FastOpen>(arrival.seg.options)) {
    return Then::Return;
  }
  if (!peer_may_send) return Then::Continue;  // "Ignore the segment text."
  note_congestion_marks(host, tcb, arrival);
  if (host.defect(Fault::PushedTextDropped) && arrival.seg.ctl.has(Flag::Psh)) return Then::Return;
  const Trimmed segment = trim_to_window(host, tcb, arrival.seg);
  if (note_duplicate(host, tcb, arrival.seg)) tcb.ack_due = AckDue::Now;
  if (tcb.user == User::Gone && !segment.text.empty()) {
    // SHLD-3: new data after a CLOSE that ended receiving too is lost, and a RST says so.
    if (!host.defect(Fault::TextAfterCloseSilent)) send_rst(host, tcb);
    flush_queues(tcb);
    enter_closed(host, tcb);
    return Then::Return;
  }
  if (host.defect(Fault::FinOutOfOrderTaken) && segment.fin) tcb.rcv_nxt = segment.begin;
  constexpr std::size_t kRunsOfAFullQueue = 8;
  if (host.defect(Fault::FullQueueBlocksAll) && tcb.reassembly.runs().size() >= kRunsOfAFullQueue) {
    send_ack(host, tcb);
    return Then::Continue;
  }
  const bool beyond = !segment.empty() && segment.begin != tcb.rcv_nxt;
  if (beyond && !tcb.reassembly.text_at(tcb.rcv_nxt)) {
    hold_beyond_gap(host, tcb, segment);
    return Then::Continue;
  }
  const bool gap = tcb.reassembly.has_text();
  if (host.defect(Fault::QueueTestedAgain) && tcb.timestamps && gap) tcb.reassembly.clear();
  tcb.reassembly.hold(tcb.rcv_nxt, beyond ? segment.begin : tcb.rcv_nxt, segment.text, segment.fin);
  const std::size_t received = tcb.receive_queue.size();
  const SeqLen taken = tcb.reassembly.take(tcb.rcv_nxt, tcb.receive_queue);
  if (host.defect(Fault::FinTextLost) && segment.fin) tcb.receive_queue.resize(received);
  if (taken == 0) return Then::Continue;
  if (host.defect(Fault::GapAcknowledgedPiecewise) && gap) {
    const SeqNum rcv_nxt = std::exchange(tcb.rcv_nxt, tcb.rcv_nxt + 1);
    send_ack(host, tcb);
    tcb.rcv_nxt = rcv_nxt;
  }
  tcb.rcv_nxt += taken;
  tcb.rcv_wnd -= std::min(taken, tcb.rcv_wnd);
  // Filling a gap, in whole or in part, is acknowledged at once; so is what came before.
  tcb.ack_due = gap || tcb.sack.duplicate ? AckDue::Now : one_more_segment(host, tcb);
  return Then::Continue;
}

}  // namespace tcprove::adapter::reference
