#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using tcp::State;
using wire::Flag;
using wire::SeqLen;

/// No base of an exponential back-off is larger.
constexpr int kProbeFactorMax = 16;

/// The longest RTO that the stack may have come to.
base::Duration longest_rto(const ShadowTcb& tcb) {
  return kFirstRetransmissionMax + 5 * tcb.snd.rtt_max +
         tcb.timers.backed_off.value_or(base::Duration());
}

/// One segment (RFC 5681 section 3.1), which the peer's MSS and our options may make small.
SeqLen least_congestion_window(const ShadowTcb& tcb) {
  constexpr SeqLen kOptionsMax = 40;
  const SeqLen mss = tcb.rcv.options.mss.value_or(kLeastCongestionWindow);
  return std::min(kLeastCongestionWindow, mss > kOptionsMax ? mss - kOptionsMax : 1);
}

}  // namespace

/// Section 3.10.4. The FIN goes out at once where nothing is left to send before it, the window is
/// not closed, and so little is outstanding that no congestion window holds it back.
void owe_fin(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  const SendSide& snd = tcb.snd;
  const bool waits = tcb.followed && snd.known && tcb.only(State::Established) &&
                     tcb.user_has_it() && !snd.fin && tcb.user.shut && !tcb.user.aborted &&
                     snd.nxt == tcb.handed_over_end();
  const bool room = waits && snd.edge_now && ahead(*snd.edge_now, snd.nxt) &&
                    wire::distance(snd.una, snd.nxt) < least_congestion_window(tcb);
  if (!room) return tcb.duties.settle(Owed::Fin);
  tcb.duties.owe(Owed::Fin,
                 {.since = at, .due = at + kAckDelayMax, .number = snd.nxt, .event = event});
}

/// Section 3.8.6.2.2: RCV.BUFF is at least the largest window that was announced, and all of it is
/// free; a window that holds a segment may be told of with the next ACK.
void owe_window_update(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  const ReceiveSide& rcv = tcb.rcv;
  const bool judged = tcb.followed && tcb.snd.known && rcv.known && rcv.acked && !rcv.contested &&
                      tcb.only(State::Established) && tcb.user_has_it() && !tcb.user.closed &&
                      !tcb.user.aborted && !tcb.fin_possibly_received();
  const bool empty = judged && rcv.irs + 1 + tcb.user.read == rcv.nxt &&
                     rcv.nxt == rcv.arrived.next() && rcv.edge_last == rcv.edge &&
                     !ahead(rcv.nxt, rcv.edge);
  if (!empty) return;
  const SeqLen told = wire::distance(rcv.nxt, rcv.edge);
  const SeqLen buffer = tcb.sizes.announced_most;
  if (told >= tcb.rmss() || buffer < told + 2 * tcb.rmss()) return;
  tcb.duties.owe(Owed::WindowUpdate,
                 {.since = at, .due = at + kAckDelayMax, .number = rcv.edge, .event = event});
}

void owe_queued_data(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  if (!tcb.user.closed) owe_fin(tcb, at, event);
  owe_keep_alive(tcb, at, event);
  owe_undelayed_data(tcb, at, event);
  const SendSide& snd = tcb.snd;
  const ShadowProbing& probing = tcb.probing;
  const bool sends = tcb.followed && snd.known && tcb.rcv.known && tcb.only(State::Established) &&
                     !tcb.user.closed && !tcb.user.aborted;
  const bool idle =
      sends && tcb.user_has_it() && snd.una == snd.nxt && snd.una_possible == snd.nxt && !snd.fin;
  const bool waits = idle && tcb.queued() > 0;
  const bool fin_waits = idle && tcb.user.shut;
  const bool probes = sends && probing.closed_since && (waits || fin_waits || probing.sent > 0);
  if (!waits && !probes) {
    tcb.duties.settle(Owed::QueuedData);
    return tcb.duties.settle(Owed::WindowProbe);
  }
  const bool open = snd.edge_now && ahead(*snd.edge_now, snd.nxt);
  Duty duty{.since = at, .due = at + longest_rto(tcb), .number = snd.nxt, .event = event};
  if (waits && open) {
    tcb.duties.owe(Owed::QueuedData, duty);
  } else {
    tcb.duties.settle(Owed::QueuedData);
  }
  if (!probes) return tcb.duties.settle(Owed::WindowProbe);
  if (probing.sent > 0) duty.due += kProbeFactorMax * probing.interval;
  tcb.duties.owe(Owed::WindowProbe, duty);
}

void follow_windows(ShadowTcb& tcb, const Emission& e) {
  ShadowSizes& sizes = tcb.sizes;
  const wire::Segment& segment = e.segment();
  if (!e.has(Flag::Rst)) {
    const wire::SeqLen announced = tcb.announced_window(segment.wnd, e.has(Flag::Syn));
    sizes.announced_most = std::max(sizes.announced_most, announced);
    tcb.duties.settle(Owed::WindowUpdate);
  }
  const auto octets = static_cast<SeqLen>(segment.payload.size());
  const bool fresh = octets > 0 && ahead(e.data_end(), tcb.snd.nxt);
  if (fresh && sizes.is_small(octets, peer_mss(tcb))) sizes.small_end = e.data_end();
  sizes.largest_sent = std::max(sizes.largest_sent, octets);
  if (octets > 0) tcb.duties.settle(Owed::QueuedData);
  if (is_window_probe(tcb, e) || octets > 0) tcb.duties.settle(Owed::WindowProbe);
}

}  // namespace tcprove::monitor
