#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// Window updates, keep-alives and window probes differ from the ACK before them.
Verdict ack_has_a_cause(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !scene.facts.virtual_clock || tcb.caused) return {};
  if (!tells_nothing_new(tcb, *scene.emission)) return {};
  return Complaint{"it repeats an ACK although nothing reached the stack and no user called"};
}

constexpr Rule kRules[] = {
    {"ack-has-a-cause", "RFC5681-12", Must, "4.2", Emits, ack_has_a_cause,
     "No more than one ACK is sent for a segment, unless the window changed."},
};

}  // namespace

std::span<const Rule> rfc5681_4_2_acks() { return kRules; }

}  // namespace tcprove::monitor::rules
