#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

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

constexpr Rule kRules[] = {
    {"challenge-acks-are-limited", "RFC5961-8", Should, "7", Emits, challenges_limited,
     "Challenge ACKs are limited."},
    {"reset-in-window-is-challenged", "RFC5961-2", Must, "3.2", Overdue, reset_challenged,
     "A RST in the window that is not at RCV.NXT draws a challenge ACK."},
    {"syn-is-challenged", "RFC5961-5", Must, "4.2", Overdue, syn_challenged,
     "A SYN in a synchronized state draws a challenge ACK."},
    {"too-old-ack-draws-ack", "MAY-12", May, "3.10.7.4", Overdue, too_old_ack_challenged,
     "An ACK from before SND.UNA-MAX.SND.WND draws an ACK."},
};

}  // namespace

std::span<const Rule> rfc5961_challenges() { return kRules; }

}  // namespace tcprove::monitor::rules
