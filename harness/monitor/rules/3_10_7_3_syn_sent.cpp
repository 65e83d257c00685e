#include "harness/monitor/rules/checks_3_10.hpp"

namespace tcprove::monitor::rules {

using tcp::State;
using wire::Flag;

Verdict syn_sent_bad_ack_draws_reset(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::ResetInSynSent);
  if (!scene.overdue(duty)) return {};
  return Complaint{"an ACK that does not cover the SYN drew no RST in SYN-SENT", duty.event};
}

Verdict syn_sent_syn_draws_syn_ack(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::SynAckInSynSent);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a SYN in SYN-SENT drew no SYN,ACK", duty.event};
}

/// A segment that is neither SYN nor RST leaves SYN-SENT as it is, whatever it acknowledges.
Verdict syn_sent_emits_only_syns(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !tcb.followed || !tcb.snd.known || !tcb.only(State::SynSent))
    return {};
  if (e.has(Flag::Syn)) return {};
  if (!e.has(Flag::Rst)) return Complaint{"the stack is in SYN-SENT, and it is no SYN"};
  const bool drawn = tcb.answer.silent == State::SynSent && tcb.last_arrival == scene.now;
  if (!drawn || tcb.arrival(0)->has(Flag::Rst)) return {};
  return Complaint{"it answers a segment that is dropped in SYN-SENT"};
}

}  // namespace tcprove::monitor::rules
