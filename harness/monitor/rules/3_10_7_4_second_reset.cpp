#include "harness/monitor/rules/sections.hpp"
#include "harness/monitor/rules/silent_reset.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;

bool answers_silent_reset(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool judged = scene.facts.complete && tcb.followed && tcb.snd.known && tcb.rcv.known;
  return judged && tcb.answer.silent && tcb.last_arrival == scene.now &&
         tcb.arrival(0)->has(Flag::Rst);
}

namespace {

Verdict exact_reset_ends(const Scene& scene) {
  const Emission& e = *scene.emission;
  const bool drawn = answers_silent_reset(scene) && scene.tcb.only(tcp::State::Closed);
  if (!drawn || e.has(Flag::Rst) || e.has(Flag::Syn)) return {};
  return Complaint{"it answers a RST at RCV.NXT, which ends the connection"};
}

Verdict unacceptable_reset_dropped(const Scene& scene) {
  if (!answers_silent_reset(scene) || !tells_nothing_new(scene.tcb, *scene.emission)) return {};
  return Complaint{"it answers a RST that is dropped in silence"};
}

constexpr Rule kRules[] = {
    {"exact-reset-ends", "RFC5961-1", Must, "3.2", Emits, exact_reset_ends,
     "A RST at RCV.NXT ends the connection, whatever it carries and however large the window."},
    {"unacceptable-reset-is-dropped", "RFC5961-3", Must, "3.2", Emits, unacceptable_reset_dropped,
     "A RST outside the window draws nothing."},
};

}  // namespace

std::span<const Rule> section_3_10_7_4_second_reset() { return kRules; }

}  // namespace tcprove::monitor::rules
