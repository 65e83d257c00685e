#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/companion_checks.hpp"

namespace tcprove::monitor::rules {

/// RFC 5961 section 7 gives 10 in 5 s as an example. The most generous of the limits in use that
/// hold for one connection is 100 in a second.
constexpr unsigned kChallengesMax = 100;

Verdict reset_challenged(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfReset);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a RST in the window, but not at RCV.NXT, drew no challenge ACK", duty.event};
}

Verdict syn_challenged(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfSyn);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a SYN in a synchronized state drew no challenge ACK", duty.event};
}

Verdict too_old_ack_challenged(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfTooOld);
  if (!scene.overdue(duty)) return {};
  return Complaint{"an ACK from before SND.UNA-MAX.SND.WND drew no ACK", duty.event};
}

Verdict challenges_limited(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !is_challenge(tcb, *scene.emission)) return {};
  const bool same_period = scene.now - tcb.limits.challenges_since < kChallengePeriod;
  if (!same_period || tcb.limits.challenges < kChallengesMax) return {};
  return Complaint{
      fmt::format("it is the {}th challenge ACK in a second", tcb.limits.challenges + 1)};
}

}  // namespace tcprove::monitor::rules
