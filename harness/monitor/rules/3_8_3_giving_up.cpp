#include <fmt/format.h>

#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor::rules {

/// R2 for a SYN: at least three minutes. SYN,ACK is not judged: whether it counts is not said.
Verdict syn_not_given_up(const Scene& scene) {
  constexpr base::Duration kLeastR2 = std::chrono::minutes(3);
  const ShadowTcb& tcb = scene.tcb;
  const FrontOfQueue& front = tcb.front;
  if (!scene.facts.complete || !tcb.followed || !tcb.active_open || !tcb.snd.known) return {};
  if (tcb.own_timeouts) return {};   // MUST-21: R2 is the user's.
  if (tcb.reset_arrived) return {};  // Or an ICMP error (section 3.9.2.2).
  if (scene.event->state != tcp::State::Closed || !tcb.may_be(tcp::State::SynSent)) return {};
  // What arrived, or a call, may have ended it.
  const Arrival* last = tcb.arrival(0);
  if ((last != nullptr && last->at >= front.first) || tcb.user.shut || tcb.user.aborted) return {};
  if (front.sent == 0 || scene.now - front.first >= kLeastR2) return {};
  return Complaint{fmt::format("the stack had given up its SYN, sent {1} times, after {0}",
                               base::to_string(scene.now - front.first), front.sent)};
}

}  // namespace tcprove::monitor::rules
