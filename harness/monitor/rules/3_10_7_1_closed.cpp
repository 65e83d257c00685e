#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

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

constexpr Rule kRules[] = {
    {"syn-ack-needs-a-listener", "3.3.2-listen-close-enters-closed", Must, "3.3.2", EmitsSyn,
     syn_ack_needs_listener, "A SYN is accepted only where somebody listens."},
    {"closed-draws-reset", "3.5.2-no-connection-draws-reset", Must, "3.5.2", Overdue,
     closed_draws_reset, "A segment for no connection draws a RST, unless it is one."},
};

}  // namespace

std::span<const Rule> section_3_10_7_1_closed() { return kRules; }

}  // namespace tcprove::monitor::rules
