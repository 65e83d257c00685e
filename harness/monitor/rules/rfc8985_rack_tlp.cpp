// RFC 8985, of a stack that implements it and where SACK was agreed on.

#include <algorithm>

#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/flight_bound.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

bool finds_losses_by_time(const Scene& scene) {
  return scene.facts.rack_tlp && scene.facts.complete && scene.facts.virtual_clock &&
         scene.tcb.snd.options.sack_permitted && scene.tcb.rcv.options.sack_permitted;
}

/// Section 6.2: a round in which something came twice widens the window by a quarter of the
/// shortest round trip.
unsigned quarters(const ShadowTcb& tcb) { return 1 + tcb.recovery.spurious; }

/// The front is sent again before what follows it may be taken for proof of its loss: a round trip
/// and the reordering window after it left.
bool is_resent_early(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const ShadowRecovery& recovery = tcb.recovery;
  const bool again = e.in_connection && e.repeats && !e.segment().payload.empty() &&
                     e.segment().seq == tcb.snd.una && tcb.snd.una == tcb.snd.una_possible;
  if (!again || !finds_losses_by_time(scene) || !recovery.rtt_least) return false;
  // Three segments beyond it are enough at once, and in recovery fewer.
  const bool few = recovery.sacked > 0 && recovery.outstanding <= 3;
  if (!few || tcb.flight.recover || tcb.front.sent != 1 || tcb.front.restarted) return false;
  if (tcb.snd.path_mtu_told) return false;
  const base::Duration window = std::min(*recovery.rtt_least * quarters(tcb) / 4,
                                         *recovery.rtt_least);  // At most SRTT.
  return scene.now < tcb.front.first + *recovery.rtt_least + window;
}

Complaint too_early(const Scene& scene) {
  return Complaint{
      fmt::format("it is sent again {} after it was sent; the shortest round trip is "
                  "{}, and the reordering window {} quarters of it",
                  base::to_string(scene.now - scene.tcb.front.first),
                  base::to_string(*scene.tcb.recovery.rtt_least), quarters(scene.tcb))};
}

Verdict reordering_window_is_waited(const Scene& scene) {
  if (quarters(scene.tcb) > 1 || !is_resent_early(scene)) return {};
  return too_early(scene);
}

Verdict reordering_window_grows(const Scene& scene) {
  if (quarters(scene.tcb) == 1 || !is_resent_early(scene)) return {};
  return too_early(scene);
}

Verdict passed_segment_resent(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::PassedSegment);
  if (!finds_losses_by_time(scene) || !scene.overdue(duty)) return {};
  return Complaint{fmt::format("{} was overtaken, and is not sent again within a round trip",
                               words_of_stack_number(scene, duty.number)),
                   duty.event};
}

Verdict tail_loss_probe_sent(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::TailLossProbe);
  if (!finds_losses_by_time(scene) || !scene.overdue(duty)) return {};
  return Complaint{
      fmt::format("nothing probes whether the flight up to {} arrived, two round trips and the "
                  "longest delay of an ACK after it was sent",
                  words_of_stack_number(scene, duty.number)),
      duty.event};
}

Verdict one_tail_loss_probe(const Scene& scene) {
  if (!finds_losses_by_time(scene) || scene.tcb.recovery.probes == 0) return {};
  if (!is_tail_probe(scene.tcb, *scene.emission)) return {};
  return Complaint{"it is another tail loss probe, and the one before was not answered"};
}

Verdict repaired_tail_loss_reduces(const Scene& scene) {
  const std::optional<ShadowReduction>& reduced = scene.tcb.recovery.reduced;
  if (!reduced || !finds_losses_by_time(scene)) return {};
  return flight_after_reduction(scene, reduced, scene.tcb.flight.grown - reduced->grown,
                                "cwnd after a loss that a probe repaired");
}

constexpr Rule kRules[] = {
    {"reordering-window-is-waited-for", "RFC8985-2", Should, "6.2", EmitsText,
     reordering_window_is_waited, "What was overtaken waits for the reordering window.",
     &StackFacts::rack_tlp},
    {"reordering-window-grows", "RFC8985-3", Should, "6.2", EmitsText, reordering_window_grows,
     "Each time that something came twice the reordering window grows.", &StackFacts::rack_tlp},
    {"one-tail-loss-probe", "RFC8985-5", Must, "7.3", Emits, one_tail_loss_probe,
     "No tail loss probe follows another that was not answered.", &StackFacts::rack_tlp},
    {"repaired-tail-loss-reduces", "RFC8985-6", Should, "7.4.2", EmitsText,
     repaired_tail_loss_reduces, "A loss that a probe repaired reduces the window.",
     &StackFacts::rack_tlp},
    {"passed-segment-is-sent-again", "RFC8985-2", Should, "6.2", Overdue, passed_segment_resent,
     "What was overtaken is sent again within a round trip.", &StackFacts::rack_tlp},
    {"tail-loss-is-probed", "RFC8985-4", Should, "7.2", Overdue, tail_loss_probe_sent,
     "The end of a flight is probed after two round trips.", &StackFacts::rack_tlp},
};

}  // namespace

std::span<const Rule> rfc8985_rack_tlp() { return kRules; }

}  // namespace tcprove::monitor::rules
