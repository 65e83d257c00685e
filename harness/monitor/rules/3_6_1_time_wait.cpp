#include <fmt/format.h>

#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor::rules {

/// 2 MSL count at the latest from when both FINs and the ACK of the stack's were there.
Verdict time_wait_lasts(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (scene.event->state != tcp::State::Closed || !tcb.followed || !tcb.time_wait_since) return {};
  const bool ended_otherwise = tcb.reset_arrived || tcb.reset_emitted || tcb.user.aborted;
  if (ended_otherwise || !is_only(tcb.states(scene.now, scene.facts), tcp::State::TimeWait)) {
    return {};
  }
  return Complaint{fmt::format("TIME-WAIT ended after {}; 2 MSL are {}",
                               base::to_string(scene.now - *tcb.time_wait_since),
                               base::to_string(2 * scene.facts.msl))};
}

Verdict time_wait_fin_acknowledged(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfTimeWaitFin);
  if (!scene.overdue(duty)) return {};
  return Complaint{"the FIN that came again in TIME-WAIT was not acknowledged", duty.event};
}

}  // namespace tcprove::monitor::rules
