#include <algorithm>

#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// The right edge moves by min(RCV.BUFF/2, Eff.snd.MSS) or more, and what is announced then is all
/// that is free. Both are known from below only: by the largest window and by the least MSS.
Verdict receiver_avoids_silly_windows(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const ReceiveSide& rcv = tcb.rcv;
  const bool judged = e.in_connection && scene.facts.complete && !e.repeats && rcv.acked &&
                      e.has(wire::Flag::Ack) && !e.has(wire::Flag::Syn);
  if (!judged) return {};
  const wire::SeqLen grain = tcb.scales() ? (wire::SeqLen{1} << *tcb.snd.options.shift) - 1 : 0;
  const wire::SeqLen window = tcb.announced_window(e.segment().wnd, false);
  const wire::SeqNum edge = e.segment().ack + window;
  // One that takes what came beyond its window opens nothing by that.
  if (!ahead(edge, rcv.edge + grain) || window == 0 || ahead(e.segment().ack, rcv.edge)) return {};
  const wire::SeqLen mss =
      std::min({tcb.snd.options.mss.value_or(kLeastMss), rcv.options.mss.value_or(kLeastMss),
                static_cast<std::uint16_t>(kLeastMss)});
  if (window + grain >= std::min(tcb.sizes.announced_most / 2, mss)) return {};
  return Complaint{fmt::format("its window opens from {} to {}, by {}; {} was announced before",
                               words_of_peer_number(scene, rcv.edge),
                               words_of_peer_number(scene, edge), wire::distance(rcv.edge, edge),
                               tcb.sizes.announced_most)};
}

Verdict window_told(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::WindowUpdate);
  if (!scene.overdue(duty)) return {};
  return Complaint{fmt::format("the user has received all, and the peer was not told of a window "
                               "past {}",
                               words_of_peer_number(scene, duty.number)),
                   duty.event};
}

constexpr Rule kRules[] = {
    {"receiver-avoids-silly-windows", "MUST-39", Must, "3.8.6.2.2", Emits,
     receiver_avoids_silly_windows,
     "The right edge stays where it is until it can move by half the buffer or by a segment."},
    {"window-is-told-anew", "3.8.6-window-tells-room", Must, "3.8.6", Overdue, window_told,
     "The peer is told of the window that opens."},
};

}  // namespace

std::span<const Rule> section_3_8_6_2_2_receiver() { return kRules; }

}  // namespace tcprove::monitor::rules
