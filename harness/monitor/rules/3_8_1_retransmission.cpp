#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"
#include "harness/monitor/rules/timer_interval.hpp"

namespace tcprove::monitor::rules {
std::optional<base::Duration> timer_interval(const Scene& scene) {
  const Emission& e = *scene.emission;
  const FrontOfQueue& front = scene.tcb.front;
  const bool again = e.repeats && front.sent > 0 && front.undisturbed && front.by_timer &&
                     e.segment().seq == front.seq && scene.facts.virtual_clock;
  if (!again || !scene.facts.complete) return {};
  return e.at - front.last;
}

bool may_probe_tail(const ShadowTcb& tcb) {
  return tcb.snd.options.sack_permitted && tcb.rcv.options.sack_permitted;
}

namespace {

using wire::SeqNum;

bool is_syn(const Scene& scene) { return scene.emission->syn == SynKind::Repeat; }

Verdict same_octets(const Scene& scene) {
  const Emission& e = *scene.emission;
  const SendSide& snd = scene.tcb.snd;
  if (!e.in_connection || e.segment().payload.empty()) return {};
  const bool idle = snd.una_possible == snd.nxt && e.segment().payload.size() == 1;
  if (scene.tcb.user.wants_keep_alives && idle && e.end() == snd.nxt) return {};  // MAY-6.
  const SeqNum begin = further(e.data_begin(), snd.octets_from);
  SeqNum known_end = snd.fin ? *snd.fin : snd.nxt;
  known_end = ahead(known_end, e.data_end()) ? e.data_end() : known_end;
  if (!ahead(known_end, begin)) return {};
  const wire::Octets again = e.segment().payload.subspan(wire::distance(e.data_begin(), begin),
                                                         wire::distance(begin, known_end));
  if (snd.octets.holds(begin, again)) return {};
  return Complaint{fmt::format("octets sent before between {} and {} have other values now",
                               words_of_stack_number(scene, begin),
                               words_of_stack_number(scene, known_end))};
}

Verdict data_retransmitted(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Duty& duty = tcb.duties.of(Owed::Retransmission);
  const bool fin = tcb.snd.fin && *tcb.snd.fin == duty.number;
  if (!scene.overdue(duty) || fin || duty.number == tcb.snd.iss) return {};
  if (tcb.user.sets_timeout) return {};  // It may have been over before.
  return Complaint{fmt::format("what is not acknowledged from {} on was not sent again within {}",
                               words_of_stack_number(scene, duty.number),
                               base::to_string(duty.due - duty.since)),
                   duty.event};
}

Verdict syn_retransmitted(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::Retransmission);
  if (!scene.overdue(duty) || duty.number != scene.tcb.snd.iss) return {};
  if (scene.tcb.user.sets_timeout) return {};  // It may have been over before.
  return Complaint{
      fmt::format("the SYN was not sent again within {}", base::to_string(duty.due - duty.since)),
      duty.event};
}

/// What was sent again first may be a tail loss probe, after which the timer is set as it was
/// before (RFC 8985 section 7.3).
Verdict timeout_backs_off(const Scene& scene) {
  const std::optional<base::Duration> interval = timer_interval(scene);
  const FrontOfQueue& front = scene.tcb.front;
  const unsigned timed = may_probe_tail(scene.tcb) && !is_syn(scene) ? 3 : 2;
  const bool comparable = interval && front.sent >= timed &&
                          front.interval > base::Duration::zero() &&
                          (is_syn(scene) || !scene.tcb.window_may_be_closed());
  if (!comparable || *interval >= kLeastRtoBound) return {};
  if (*interval + kGranularityMax >= 2 * front.interval) return {};
  return Complaint{fmt::format("it is sent again after {}, and the time before was {}",
                               base::to_string(*interval), base::to_string(front.interval))};
}

Verdict first_timeout(const Scene& scene) {
  const std::optional<base::Duration> interval = timer_interval(scene);
  if (!interval || !is_syn(scene) || scene.tcb.front.sent != 1) return {};
  if (*interval + kGranularityMax >= kLeastRto) return {};
  return Complaint{
      fmt::format("the SYN is sent again after {}; no round trip was measured, so the "
                  "RTO is 1s",
                  base::to_string(*interval))};
}

/// A tail loss probe may come earlier (RFC 8985 section 7), where SACK is in use.
Verdict least_timeout(const Scene& scene) {
  const std::optional<base::Duration> interval = timer_interval(scene);
  const ShadowTcb& tcb = scene.tcb;
  if (!interval || is_syn(scene) || may_probe_tail(tcb) || tcb.window_may_be_closed()) return {};
  if (*interval + kGranularityMax >= kLeastRto) return {};
  return Complaint{fmt::format("it is sent again after {}; an RTO below 1s is rounded up to 1s",
                               base::to_string(*interval))};
}

constexpr Rule kRules[] = {
    {"repeated-octets-are-the-same", "3.8.1-lost-segment-retransmitted", Must, "3.8.1", EmitsText,
     same_octets, "An octet that is sent again has the value that it had at first."},
    {"timeout-backs-off", "RFC6298-7", Must, "5.5", EmitsAgain, timeout_backs_off,
     "Each time that the retransmission timer fires for one segment it is set to twice as long."},
    {"first-timeout-is-a-second", "RFC6298-1", Should, "2.1", EmitsSyn, first_timeout,
     "Before a round trip was measured the RTO is at least 1 s."},
    {"timeout-is-at-least-a-second", "RFC6298-3", Should, "2.4", EmitsAgain, least_timeout,
     "An RTO below 1 s is rounded up to 1 s."},
    {"syn-is-sent-again", "MUST-22", Must, "3.8.3", Overdue, syn_retransmitted,
     "A SYN is sent again until it is acknowledged."},
    {"data-is-sent-again", "3.8.1-lost-segment-retransmitted", Must, "3.8.1", Overdue,
     data_retransmitted, "Data is sent again until it is acknowledged."},
};

}  // namespace

std::span<const Rule> section_3_8_1_retransmission() { return kRules; }

}  // namespace tcprove::monitor::rules
