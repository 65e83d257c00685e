#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using wire::Flag;
using wire::SeqLen;

/// No base of an exponential back-off is larger.
constexpr int kProbeFactorMax = 16;

/// The longest RTO that the stack may have come to.
base::Duration longest_rto(const ShadowTcb& tcb) {
  return kFirstRetransmissionMax + 5 * tcb.snd.rtt_max +
         tcb.timers.backed_off.value_or(base::Duration());
}

}  // namespace

void owe_queued_data(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  owe_keep_alive(tcb, at, event);
  owe_undelayed_data(tcb, at, event);
  const SendSide& snd = tcb.snd;
  const ShadowProbing& probing = tcb.probing;
  const bool idle = tcb.followed && snd.known && tcb.rcv.known &&
                    tcb.only(tcp::State::Established) && tcb.user_has_it() && !tcb.user.closed &&
                    !tcb.user.aborted && snd.una == snd.nxt && snd.una_possible == snd.nxt;
  const bool waits = idle && !snd.fin && tcb.queued() > 0;
  const bool open = snd.edge_now && ahead(*snd.edge_now, snd.nxt);
  Duty duty{.since = at, .due = at + longest_rto(tcb), .number = snd.nxt, .event = event};
  if (waits && open) {
    tcb.duties.owe(Owed::QueuedData, duty);
  } else {
    tcb.duties.settle(Owed::QueuedData);
  }
  const bool closed = tcb.followed && tcb.only(tcp::State::Established) && probing.closed_since &&
                      (waits || probing.sent > 0) && !tcb.user.closed && !tcb.user.aborted;
  if (!closed) return tcb.duties.settle(Owed::WindowProbe);
  if (probing.sent > 0) duty.due += kProbeFactorMax * probing.interval;
  tcb.duties.owe(Owed::WindowProbe, duty);
}

void follow_windows(ShadowTcb& tcb, const Emission& e) {
  ShadowSizes& sizes = tcb.sizes;
  const wire::Segment& segment = e.segment();
  if (!e.has(Flag::Rst)) {
    const wire::SeqLen announced = tcb.announced_window(segment.wnd, e.has(Flag::Syn));
    sizes.announced_most = std::max(sizes.announced_most, announced);
  }
  const auto octets = static_cast<SeqLen>(segment.payload.size());
  const bool fresh = octets > 0 && ahead(e.data_end(), tcb.snd.nxt);
  if (fresh && sizes.is_small(octets, peer_mss(tcb))) sizes.small_end = e.data_end();
  sizes.largest_sent = std::max(sizes.largest_sent, octets);
  if (octets > 0) tcb.duties.settle(Owed::QueuedData);
  if (is_window_probe(tcb, e) || octets > 0) tcb.duties.settle(Owed::WindowProbe);
}

}  // namespace tcprove::monitor
