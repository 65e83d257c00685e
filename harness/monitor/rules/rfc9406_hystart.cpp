// RFC 9406, of a stack that implements it.

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/flight_bound.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// Section 4.3: CSS_GROWTH_DIVISOR is at least 2.
Verdict slow_start_slows(const Scene& scene) {
  const std::optional<ShadowReduction>& slow = scene.tcb.hystart.slow;
  if (!slow || !scene.facts.hystart || !scene.facts.virtual_clock) return {};
  const wire::SeqLen grown = (scene.tcb.flight.grown - slow->grown) / 2;
  return flight_after_reduction(scene, slow, grown + largest_smss(scene.tcb),
                                "cwnd in conservative slow start");
}

/// Section 4.2: CSS lasts for five rounds, and is followed by congestion avoidance.
Verdict conservative_slow_start_ends(const Scene& scene) {
  const ShadowHyStart& h = scene.tcb.hystart;
  if (!h.avoidance || !scene.facts.hystart || !scene.facts.virtual_clock) return {};
  const wire::SeqLen grown = (h.avoidance_rounds + 1) * largest_smss(scene.tcb);
  return flight_after_reduction(scene, h.avoidance, grown,
                                "cwnd after five rounds of conservative slow start");
}

constexpr Rule kRules[] = {
    {"slow-start-slows-with-delay", "RFC9406-1", Should, "4.2", EmitsText, slow_start_slows,
     "Slow start slows down when round trips grow longer.", &StackFacts::hystart},
    {"conservative-slow-start-ends", "RFC9406-2", Should, "4.2", EmitsText,
     conservative_slow_start_ends, "After five rounds of it congestion avoidance follows.",
     &StackFacts::hystart},
};

}  // namespace

std::span<const Rule> rfc9406_hystart() { return kRules; }

}  // namespace tcprove::monitor::rules
