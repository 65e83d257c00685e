#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::State;
using wire::Flag;

/// So many ACKs in a row that tell nothing new, each drawn by one that tells nothing new, make a
/// storm if the peer does the same: one may be a coincidence of timers, two may be the last of an
/// exchange before.
constexpr unsigned kBareAnswersMax = 2;

bool is_ack_storm(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  return scene.facts.complete && tcb.bare_ack_drawn && tcb.last_arrival == scene.now &&
         tcb.bare_ack_answers >= kBareAnswersMax && tells_nothing_new(tcb, *scene.emission);
}

Complaint storm(const ShadowTcb& tcb) {
  return {fmt::format("an ACK that tells nothing new is answered with another, {} times in a row",
                      tcb.bare_ack_answers + 1)};
}

Verdict syn_received_bad_ack_draws_reset(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::ResetInSynReceived);
  if (!scene.overdue(duty)) return {};
  return Complaint{"an ACK that does not cover the SYN drew no RST in SYN-RECEIVED", duty.event};
}

/// Only what is outside the window: of an unacceptable ACK section 3.5.2 says otherwise.
Verdict syn_received_keeps_from_reset(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Arrival* last = tcb.arrival(0);
  const Duty& duty = tcb.duties.of(Owed::AckOfUnacceptable);
  if (!scene.emission->has(Flag::Rst) || !scene.facts.complete || last == nullptr) return {};
  const bool drawn = tcb.only(State::SynReceived) && duty.owed && duty.event == last->event &&
                     last->at == scene.now && tcb.answer.owed == Owed::AckOfUnacceptable;
  const bool bad_ack =
      last->has(Flag::Ack) && !wire::after_up_to(tcb.snd.una, last->ack, tcb.snd.nxt);
  if (!drawn || bad_ack) return {};
  return Complaint{"a segment outside the window is answered with a RST in SYN-RECEIVED"};
}

Verdict ack_of_unsent_draws_ack(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfUnsent);
  if (!scene.overdue(duty)) return {};
  return Complaint{"an ACK of what was never sent drew no ACK", duty.event};
}

/// Deployed stacks answer some such segments.
Verdict without_ack_dropped(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Emission& e = *scene.emission;
  const bool synchronized =
      tcb.answer.silent == State::Established || tcb.answer.silent == State::SynReceived;
  if (!synchronized || tcb.last_arrival != scene.now || tcb.arrival(0)->has(Flag::Rst)) return {};
  const bool reset = e.has(Flag::Rst) && tcb.only(State::SynReceived);
  if (!scene.facts.complete || (!reset && !tells_nothing_new(tcb, e))) return {};
  return Complaint{"it answers a segment without ACK, which is dropped"};
}

Verdict last_ack_silent(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool drawn = tcb.answer.silent == State::LastAck && tcb.last_arrival == scene.now &&
                     tcb.last_stimulus == scene.now;
  if (!drawn || !scene.facts.complete || !scene.facts.virtual_clock || !tcb.followed) return {};
  if (!scene.emission->has(Flag::Rst)) return {};
  return Complaint{"it answers the ACK of the FIN that ends LAST-ACK"};
}

Verdict bare_acks_draw_nothing(const Scene& scene) {
  if (!is_ack_storm(scene)) return {};
  if (scene.tcb.states(scene.now, scene.facts).has(State::TimeWait)) return {};
  return storm(scene.tcb);
}

/// The fifth check, read to the letter, has TIME-WAIT acknowledge all that comes.
Verdict time_wait_keeps_from_storm(const Scene& scene) {
  if (!is_ack_storm(scene)) return {};
  if (!scene.tcb.states(scene.now, scene.facts).has(State::TimeWait)) return {};
  return storm(scene.tcb);
}

constexpr Rule kRules[] = {
    {"syn-received-keeps-from-reset", "3.10.7.4-unacceptable-draws-ack", Must, "3.10.7.4",
     EmitsReset, syn_received_keeps_from_reset,
     "In SYN-RECEIVED a segment outside the window draws no RST."},
    {"last-ack-ends-in-silence", "3.3.2-last-ack-ack-enters-closed", Must, "3.3.2", EmitsReset,
     last_ack_silent, "The ACK of the FIN that ends LAST-ACK is not answered."},
    {"segment-without-ack-draws-nothing", "3.10.7.4-segment-without-ack-dropped", Should,
     "3.10.7.4", Emits, without_ack_dropped,
     "A segment without ACK in the window is dropped in silence."},
    {"bare-acks-draw-nothing", "3.10.7.4-duplicate-ack-ignored", Must, "3.10.7.4", Emits,
     bare_acks_draw_nothing,
     "ACKs that tell nothing new are not answered, or two stacks would never stop."},
    {"time-wait-keeps-from-storm", "3.10.7.4-duplicate-ack-ignored", Should, "3.10.7.4", Emits,
     time_wait_keeps_from_storm, "The same in TIME-WAIT."},
    {"bad-ack-in-syn-received-draws-reset", "3.10.7.4-syn-received-bad-ack-draws-reset", Must,
     "3.10.7.4", Overdue, syn_received_bad_ack_draws_reset,
     "An ACK in SYN-RECEIVED that does not cover the SYN draws a RST."},
    {"ack-of-unsent-draws-ack", "3.10.7.4-ack-of-unsent-draws-ack", Must, "3.10.7.4", Overdue,
     ack_of_unsent_draws_ack, "An ACK of what was never sent draws an ACK."},
};

}  // namespace

std::span<const Rule> section_3_10_7_4_fifth_ack() { return kRules; }

}  // namespace tcprove::monitor::rules
