#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::SeqNum;

/// Whether the segment may be a probe of a closed window: at least one octet of new data
/// (section 3.8.6.1), by the timer and not because something came.
bool may_probe(const Scene& scene, SeqNum edge) {
  const Emission& e = *scene.emission;
  if (ahead(e.data_begin(), edge)) return false;
  if (e.segment().payload.size() == 1) return true;
  const bool closed = !ahead(edge, scene.tcb.snd.una_possible);
  return closed && scene.tcb.last_stimulus != scene.now;
}

/// A FIN alone is not held against the window: deployed stacks send it when all data is out.
Verdict stays_in_window(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!e.in_connection || !scene.facts.complete || e.segment().payload.empty()) return {};
  if (e.has(wire::Flag::Syn) || !ahead(e.data_end(), tcb.snd.edge)) return {};
  if (may_probe(scene, tcb.snd.edge)) return {};
  return Complaint{fmt::format("its data ends before {}; the peer's window never reached past {}",
                               words_of_stack_number(scene, e.data_end()),
                               words_of_stack_number(scene, tcb.snd.edge))};
}

Verdict nothing_new_in_shrunk_window(const Scene& scene) {
  const Emission& e = *scene.emission;
  const SendSide& snd = scene.tcb.snd;
  if (!e.in_connection || !scene.facts.complete || !snd.edge_now) return {};
  const bool fresh = !e.segment().payload.empty() && ahead(e.data_end(), snd.nxt);
  const bool shrunk = ahead(snd.edge, *snd.edge_now) && !ahead(e.data_end(), snd.edge);
  if (!fresh || !shrunk || !ahead(e.data_end(), *snd.edge_now)) return {};
  if (may_probe(scene, *snd.edge_now)) return {};
  return Complaint{fmt::format(
      "it carries new data up to {} although the peer drew its window back to {}",
      words_of_stack_number(scene, e.data_end()), words_of_stack_number(scene, *snd.edge_now))};
}

/// What the field cannot tell for its scale does not count.
Verdict right_edge_kept(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !e.in_connection || e.repeats || e.has(wire::Flag::Syn) ||
      !tcb.rcv.acked)
    return {};
  if (!e.has(wire::Flag::Ack)) return {};
  const wire::SeqLen grain = tcb.scales() ? (wire::SeqLen{1} << *tcb.snd.options.shift) - 1 : 0;
  const SeqNum edge = e.segment().ack + tcb.announced_window(e.segment().wnd, false);
  if (!ahead(tcb.rcv.edge, edge + grain)) return {};
  return Complaint{fmt::format("its window ends at {}, and {} was offered before",
                               words_of_peer_number(scene, edge),
                               words_of_peer_number(scene, tcb.rcv.edge))};
}

constexpr Rule kRules[] = {
    {"data-stays-in-the-window", "3.8.6-sender-stays-in-window", Must, "3.8.6", EmitsText,
     stays_in_window,
     "No data is sent past the right edge that the peer offered, but to probe a closed window."},
    {"nothing-new-in-a-shrunk-window", "SHLD-15", Should, "3.8.6", EmitsText,
     nothing_new_in_shrunk_window,
     "No new data is sent past a right edge that the peer has drawn back."},
    {"right-edge-is-kept", "SHLD-14", Should, "3.8.6", Emits, right_edge_kept,
     "The right edge of the window that the stack announces never moves back."},
};

}  // namespace

std::span<const Rule> section_3_8_6_windows() { return kRules; }

}  // namespace tcprove::monitor::rules
