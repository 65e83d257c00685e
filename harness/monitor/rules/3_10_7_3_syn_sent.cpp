#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

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

constexpr Rule kRules[] = {
    {"syn-sent-emits-only-syns", "3.10.7.3-other-segment-dropped", Must, "3.10.7.3", Emits,
     syn_sent_emits_only_syns,
     "SYN-SENT sends its SYN, and a RST for an ACK that does not cover it, and nothing else."},
    {"bad-ack-in-syn-sent-draws-reset", "3.10.7.3-unacceptable-ack-draws-reset", Must, "3.10.7.3",
     Overdue, syn_sent_bad_ack_draws_reset,
     "An ACK in SYN-SENT that does not cover the SYN draws a RST."},
    {"syn-in-syn-sent-draws-syn-ack", "MUST-10", Must, "3.5", Overdue, syn_sent_syn_draws_syn_ack,
     "A SYN in SYN-SENT, a simultaneous open, draws a SYN,ACK."},
};

}  // namespace

std::span<const Rule> section_3_10_7_3_syn_sent() { return kRules; }

}  // namespace tcprove::monitor::rules
