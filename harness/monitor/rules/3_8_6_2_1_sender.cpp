#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;
using wire::SeqLen;

/// The octets of a segment that begins with new data, surely is smaller than it might be, and was
/// sent because of what came or was called: a timer may override (rule 4).
std::optional<SeqLen> small_segment(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const auto octets = static_cast<SeqLen>(e.segment().payload.size());
  const bool judged = e.in_connection && scene.facts.complete && octets > 0 &&
                      e.segment().seq == tcb.snd.nxt && scene.now == tcb.last_stimulus &&
                      !e.has(Flag::Syn) && !e.has(Flag::Fin) && !e.has(Flag::Urg);
  if (!judged || tcb.snd.path_mtu_told || tcb.rcv.mss_unclear ||
      !tcb.sizes.is_small(octets, peer_mss(tcb)))
    return {};
  return octets;
}

/// What the user has handed over beyond the segment.
SeqLen left_behind(const Scene& scene) {
  const wire::SeqNum end = scene.tcb.handed_over_end();
  return ahead(end, scene.emission->data_end()) ? wire::distance(scene.emission->data_end(), end)
                                                : 0;
}

/// The fraction Fs of the largest window is recommended to be 1/2; a stack may take a smaller one.
Verdict sender_avoids_silly_windows(const Scene& scene) {
  constexpr SeqLen kFs = 4;
  const ShadowTcb& tcb = scene.tcb;
  const std::optional<SeqLen> octets = small_segment(scene);
  if (!octets || !tcb.user_has_it() || !tcb.snd.edge_now) return {};
  const bool fills_window = scene.emission->data_end() == *tcb.snd.edge_now;
  if (!fills_window || left_behind(scene) == 0 || *octets * kFs >= tcb.snd.window_max) return {};
  return Complaint{
      fmt::format("its {} octets fill a window of which {} was offered before, and {} "
                  "more wait",
                  *octets, tcb.snd.window_max, left_behind(scene))};
}

/// Where nothing is outstanding neither the window nor cwnd, at least a segment, are in the way.
Verdict full_segments_where_possible(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const std::optional<SeqLen> octets = small_segment(scene);
  if (!octets || !tcb.user_has_it() || !tcb.snd.edge_now || tcb.snd.una != tcb.snd.nxt) return {};
  const SeqLen smss = largest_smss(tcb);
  const bool room = ahead(*tcb.snd.edge_now, tcb.snd.nxt) &&
                    wire::distance(tcb.snd.nxt, *tcb.snd.edge_now) >= smss;
  if (!room || *octets + left_behind(scene) < smss) return {};
  return Complaint{fmt::format("it has {} octets, {} more wait, and there is room for a segment",
                               *octets, left_behind(scene))};
}

/// A small segment at the end of larger ones may go out (Minshall's variant), and one that nothing
/// can be added to as the user has closed; half of the largest window is as good as full to stacks
/// that cut their segments by it. Users may turn the algorithm off (MUST-17).
Verdict nagle(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const std::optional<SeqLen> octets = small_segment(scene);
  if (!octets || tcb.user.shut || tcb.user.sets_no_delay || !tcb.sizes.small_end) return {};
  if (*octets >= tcb.snd.window_max / 2) return {};
  if (!ahead(*tcb.sizes.small_end, tcb.snd.una_possible)) return {};
  return Complaint{fmt::format("it has {} octets, and a small segment up to {} is not acknowledged",
                               *octets, words_of_stack_number(scene, *tcb.sizes.small_end))};
}

/// The override timeout of section 3.8.6.2.1 may hold it back, and nothing else.
Verdict no_delay(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::UndelayedData);
  if (!scene.overdue(duty)) return {};
  return Complaint{
      fmt::format("octets from {} on were not sent for {}, with Nagle's algorithm switched off and "
                  "room for all of them",
                  words_of_stack_number(scene, duty.number),
                  base::to_string(duty.due - duty.since)),
      duty.event};
}

Verdict queued_data_is_sent(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::QueuedData);
  if (!scene.overdue(duty)) return {};
  return Complaint{
      fmt::format("octets from {} on were not sent for {}, with nothing outstanding and "
                  "a window that is open",
                  words_of_stack_number(scene, duty.number),
                  base::to_string(duty.due - duty.since)),
      duty.event};
}

constexpr Rule kRules[] = {
    {"nagle", "SHLD-7", Should, "3.7.4", EmitsText, nagle,
     "No small segment follows one that is not acknowledged."},
    {"segments-are-filled", "SHLD-28", Should, "3.9.1.2", EmitsText, full_segments_where_possible,
     "Where a full segment waits and has room, it is not a small one that is sent."},
    {"sender-avoids-silly-windows", "MUST-38", Must, "3.8.6.2.1", EmitsText,
     sender_avoids_silly_windows,
     "A small part of the largest window is not filled with a part of what waits."},
    {"no-delay-sends-at-once", "MUST-17", Must, "3.7.4", Overdue, no_delay,
     "A small segment does not wait where Nagle's algorithm is off."},
    {"queued-data-is-sent", "MUST-60", Must, "3.9.1.2", Overdue, queued_data_is_sent,
     "What was handed over is sent where nothing is outstanding and the window is open."},
};

}  // namespace

std::span<const Rule> section_3_8_6_2_1_sender() { return kRules; }

}  // namespace tcprove::monitor::rules
