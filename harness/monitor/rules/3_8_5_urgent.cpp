#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// A pointer that names the last urgent octet, not the one after it, is 0 for a single one.
Verdict urgent_pointer_past_its_octets(const Scene& scene) {
  const Emission& e = *scene.emission;
  const bool judged = e.in_connection && !e.repeats && e.has(wire::Flag::Urg) &&
                      !e.segment().payload.empty() && !e.has(wire::Flag::Syn);
  if (!judged) return {};
  const wire::SeqNum pointed = e.segment().seq + e.segment().up;
  if (scene.facts.complete && scene.tcb.user_has_it() &&
      ahead(pointed, scene.tcb.handed_over_end())) {
    return Complaint{"its urgent pointer points past all that was handed over"};
  }
  if (e.segment().up > 0) return {};
  return Complaint{"it has URG and data, and its urgent pointer points before all of it"};
}

constexpr Rule kRules[] = {
    {"urgent-pointer-is-past-its-octets", "MUST-62", Must, "3.8.5", EmitsText,
     urgent_pointer_past_its_octets,
     "The urgent pointer points past an urgent octet of the segment, or further."},
};

}  // namespace

std::span<const Rule> section_3_8_5_urgent() { return kRules; }

}  // namespace tcprove::monitor::rules
