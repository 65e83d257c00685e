#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor::rules {

/// A pointer that names the last urgent octet, not the one after it, is 0 for a single one.
Verdict urgent_pointer_past_its_octets(const Scene& scene) {
  const Emission& e = *scene.emission;
  const bool judged = e.in_connection && !e.repeats && e.has(wire::Flag::Urg) &&
                      !e.segment().payload.empty() && !e.has(wire::Flag::Syn);
  if (!judged || e.segment().up > 0) return {};
  return Complaint{"it has URG and data, and its urgent pointer points before all of it"};
}

}  // namespace tcprove::monitor::rules
