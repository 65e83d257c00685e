#include "harness/monitor/rules/checks_3_10.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

/// The segment comes because of a RST that was to be dropped or to end the connection.
bool answers_silent_reset(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool judged = scene.facts.complete && tcb.followed && tcb.snd.known && tcb.rcv.known;
  return judged && tcb.answer.silent && tcb.last_arrival == scene.now &&
         tcb.arrival(0)->has(Flag::Rst);
}

}  // namespace

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

}  // namespace tcprove::monitor::rules
