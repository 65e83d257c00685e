#include "harness/monitor/rules/checks_3_10.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;

Verdict closed_draws_reset(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::ResetInClosed);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a segment for no connection drew no RST", duty.event};
}

/// A SYN that nobody sent is syn_ack_acknowledges_syn()'s to tell.
Verdict syn_ack_needs_listener(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !tcb.followed || e.syn == SynKind::None || !e.has(Flag::Ack))
    return {};
  if (!tcb.only(tcp::State::Closed) || acknowledged_syn(tcb, e.segment()) == nullptr) return {};
  return Complaint{"it accepts a connection although nobody listens"};
}

}  // namespace tcprove::monitor::rules
