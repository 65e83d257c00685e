#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"
#include "harness/monitor/rules/timer_interval.hpp"

namespace tcprove::monitor::rules {
namespace {

/// The first time that data is sent again, and only for the timer.
std::optional<base::Duration> first_interval(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool judged = scene.emission->syn == SynKind::None && tcb.front.sent == 1 &&
                      !may_probe_tail(tcb) && !tcb.window_may_be_closed();
  return judged ? timer_interval(scene) : std::nullopt;
}

/// Section 5.7, of the SYN of an active open: whether it is meant of SYN,ACK too is not said.
Verdict three_seconds_after_lost_syn(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const std::optional<base::Duration> interval = first_interval(scene);
  const bool first_data = tcb.snd.known && tcb.front.seq == tcb.snd.iss + 1;
  if (!interval || !first_data || !tcb.active_open || !tcb.timers.syn_timed_out_early) return {};
  if (*interval + kGranularityMax >= std::chrono::seconds(3)) return {};
  return Complaint{fmt::format("the first data is sent again after {} although the SYN timed out",
                               base::to_string(*interval))};
}

/// Section 3. The doubled RTO is known up to the clock's granularity, twice.
Verdict back_off_outlasts_ambiguous_ack(const Scene& scene) {
  const std::optional<base::Duration> interval = first_interval(scene);
  const std::optional<base::Duration>& backed_off = scene.tcb.timers.backed_off;
  if (!interval || !backed_off || scene.tcb.timestamps()) return {};
  const base::Duration least = std::min(*backed_off, kLeastRtoBound) - 2 * kGranularityMax;
  if (*interval + kGranularityMax >= least) return {};
  return Complaint{
      fmt::format("it is sent again after {}; the RTO was doubled to {}, and no segment that was "
                  "sent once was acknowledged since",
                  base::to_string(*interval), base::to_string(*backed_off))};
}

/// Neither a duplicate ACK nor new data restarts the timer (sections 5.1 and 5.3), unless it is
/// that of a tail loss probe.
Verdict timeout_bounded(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Duty& duty = tcb.duties.of(Owed::Timeout);
  if (!scene.overdue(duty) || !scene.facts.virtual_clock || scene.facts.rack_tlp) return {};
  if (tcb.snd.una != duty.number || tcb.window_may_be_closed() || tcb.snd.path_mtu_told) return {};
  if (!tcb.only(tcp::State::Established)) return {};
  return Complaint{
      fmt::format("what was sent from {} on was not sent again within {}, and no round "
                  "trip was longer than {}",
                  words_of_stack_number(scene, duty.number), base::to_string(duty.due - duty.since),
                  base::to_string(tcb.snd.rtt_max)),
      duty.event};
}

/// Section 5.3: "When an ACK is received that acknowledges new data, restart the retransmission
/// timer so that it will expire after RTO seconds". An RTO is at least 1 s.
Verdict timer_restarts_on_new_ack(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const FrontOfQueue& front = tcb.front;
  const bool judged = e.repeats && front.restarted && e.segment().seq == front.seq &&
                      tcb.snd.una == front.seq && scene.facts.virtual_clock &&
                      scene.facts.complete && e.at > tcb.last_stimulus;
  if (!judged || may_probe_tail(tcb) || tcb.window_may_be_closed()) return {};
  const base::Duration interval = e.at - front.last;
  if (interval + kGranularityMax >= kLeastRto) return {};
  return Complaint{
      fmt::format("it is sent again {} after an ACK of new data", base::to_string(interval))};
}

constexpr Rule kRules[] = {
    {"three-seconds-after-a-lost-syn", "RFC6298-9", Must, "5.7", EmitsAgain,
     three_seconds_after_lost_syn,
     "Where the SYN timed out with an RTO below 3 s, the RTO for the first data is 3 s."},
    {"back-off-outlasts-ambiguous-ack", "RFC6298-5", Must, "3", EmitsAgain,
     back_off_outlasts_ambiguous_ack,
     "The ACK of a segment that was sent twice measures no round trip, and the RTO stays doubled."},
    {"timer-restarts-on-new-ack", "RFC6298-8", Should, "5.3", EmitsAgain, timer_restarts_on_new_ack,
     "An ACK of new data restarts the retransmission timer."},
    {"timeout-follows-round-trips", "RFC6298-2", Must, "2.2, 2.3", Overdue, timeout_bounded,
     "Once a round trip was measured the timer fires by SRTT + 4 RTTVAR."},
};

}  // namespace

std::span<const Rule> rfc6298_timer() { return kRules; }

}  // namespace tcprove::monitor::rules
