#include "harness/monitor/rules/checks_3_10.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;

Verdict listen_draws_reset(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::ResetInListen);
  if (!scene.overdue(duty)) return {};
  return Complaint{"an ACK in LISTEN drew no RST", duty.event};
}

/// Fourth: neither RST nor ACK nor SYN. Of a RST other rules tell.
Verdict listen_drops_others(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool dropped = scene.facts.complete && tcb.followed &&
                       tcb.answer.silent == tcp::State::Listen && tcb.last_arrival == scene.now;
  if (!dropped || tcb.arrival(0)->has(Flag::Rst)) return {};
  return Complaint{"it answers a segment without RST, ACK and SYN in LISTEN"};
}

}  // namespace tcprove::monitor::rules
