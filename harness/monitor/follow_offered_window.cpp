#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

/// What the stack's SND.WND may be and, where it is clear, is, after the segment.
void take_window(ShadowTcb& tcb, const Arrival& a, bool sure) {
  SendSide& snd = tcb.snd;
  const std::uint32_t window = tcb.offered_window(a.wnd, a.has(wire::Flag::Syn));
  snd.window_max_possible = std::max(snd.window_max_possible, window);
  const bool newer = ahead(a.seq, snd.wl1) || (a.seq == snd.wl1 && !ahead(snd.wl2, a.ack));
  // What lies left of RCV.NXT may be trimmed off before SEG.SEQ is compared, or not.
  const bool trimmed = ahead(tcb.rcv.nxt, a.seq);
  if (tcb.surely_unacceptable(a)) {
    // Dropped, but for what a closed window lets pass (MUST-66).
    snd.wnd_most = std::max(snd.wnd_most, window);
    if (snd.wnd != window) snd.wnd = std::nullopt;
    snd.wl_sure = false;
    return;
  }
  if (newer && sure && !trimmed) {
    snd.wnd_most = window;
    snd.wnd = window;
    snd.window_max = std::max(snd.window_max, window);
    snd.wl_sure = true;
  } else if (newer || trimmed || !snd.wl_sure) {
    snd.wnd_most = std::max(snd.wnd_most, window);
    if (snd.wnd != window) snd.wnd = std::nullopt;
    snd.wl_sure = false;
  }
  if (!newer) return;
  snd.wl1 = a.seq;
  snd.wl2 = a.ack;
}

}  // namespace

void begin_window(SendSide& snd, const Arrival& syn) {
  snd.wnd_most = syn.wnd;
  snd.wnd = std::nullopt;
  snd.wl1 = syn.seq;
  snd.wl_sure = true;
  snd.window_max = snd.window_max_possible = syn.wnd;
}

void take_edge(ShadowTcb& tcb, const Arrival& a, bool sure) {
  SendSide& snd = tcb.snd;
  // "If SND.UNA =< SEG.ACK =< SND.NXT, the send window should be updated."
  if (wire::distance(a.ack, snd.nxt) > wire::distance(snd.una, snd.nxt)) return;
  take_window(tcb, a, sure && !ahead(snd.una_possible, a.ack));
  // Where a segment acknowledges and gives no window, SND.UNA+SND.WND moves on all the same.
  snd.edge = further(snd.edge, snd.una_possible + snd.wnd_most);
  const bool clear = sure && snd.wnd && snd.una == snd.una_possible;
  snd.edge_now = clear ? std::optional(snd.una + *snd.wnd) : std::nullopt;
}

}  // namespace tcprove::monitor
