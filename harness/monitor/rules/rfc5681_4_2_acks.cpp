#include "harness/monitor/rules/companion_checks.hpp"

namespace tcprove::monitor::rules {

/// Window updates, keep-alives and window probes differ from the ACK before them.
Verdict ack_has_a_cause(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !scene.facts.virtual_clock || tcb.caused) return {};
  if (!tells_nothing_new(tcb, *scene.emission)) return {};
  return Complaint{"it repeats an ACK although nothing reached the stack and no user called"};
}

}  // namespace tcprove::monitor::rules
