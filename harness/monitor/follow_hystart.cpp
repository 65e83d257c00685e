// RFC 9406 section 4.2: rounds, their shortest round trips, and conservative slow start.

#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using namespace std::chrono_literals;

// Section 4.3.
constexpr unsigned kSamples = 8;            // N_RTT_SAMPLE
constexpr unsigned kSlowRounds = 5;         // CSS_ROUNDS
constexpr base::Duration kLeastRise = 4ms;  // MIN_RTT_THRESH
constexpr base::Duration kMostRise = 16ms;  // MAX_RTT_THRESH
constexpr int kRiseDivisor = 8;             // MIN_RTT_DIVISOR

ShadowReduction no_faster_from_now(const ShadowTcb& tcb, base::Instant at) {
  return {.window = window_now(tcb, at), .grown = tcb.flight.grown, .from = tcb.snd.una_possible};
}

void end_round(ShadowTcb& tcb) {
  ShadowHyStart& h = tcb.hystart;
  // A round of which not all is known says nothing of the one after.
  h.last = h.round.at_once && h.round.sent ? h.least : std::nullopt;
  h.least = std::nullopt;
  h.samples = 0;
  h.round = h.next;
  h.next = {};
  h.round_end = tcb.snd.nxt;
  if (h.avoidance) ++h.avoidance_rounds;
  if (h.slow && !h.round.at_once) h.slow = std::nullopt;
  if (!h.slow || ++h.slow_rounds < kSlowRounds) return;
  h.slow = std::nullopt;
  h.avoidance = no_faster_from_now(tcb, tcb.last_arrival);
  h.avoidance_rounds = 0;
}

void take_sample(ShadowTcb& tcb, base::Instant at) {
  ShadowHyStart& h = tcb.hystart;
  if (!h.round.at_once || !h.round.sent) return;
  ++h.samples;
  const base::Duration sample = at - *h.round.sent;
  h.least = std::min(h.least.value_or(sample), sample);
  if (h.samples < kSamples || h.avoidance) return;
  if (h.slow) {
    if (*h.least < *h.baseline) h.slow = std::nullopt;
    return;
  }
  if (!h.last) return;
  const base::Duration rise = std::clamp(*h.last / kRiseDivisor, kLeastRise, kMostRise);
  if (*h.least < *h.last + rise) return;
  h.slow = no_faster_from_now(tcb, at);
  h.baseline = h.least;
  h.slow_rounds = 0;
}

}  // namespace

void follow_hystart_ack(ShadowTcb& tcb, const StackFacts& facts, const Arrival& a, bool sure) {
  if (!facts.hystart || !ahead(a.ack, tcb.snd.una_possible)) return;
  if (!sure || tcb.flight.recover) {  // It is for the first slow start only.
    tcb.hystart = {.round_end = tcb.snd.nxt};
    return;
  }
  if (tcb.snd.una_possible != tcb.snd.iss) take_sample(tcb, a.at);
  if (!ahead(tcb.hystart.round_end, a.ack)) end_round(tcb);
}

void follow_hystart_emission(ShadowTcb& tcb, const StackFacts& facts, const Emission& e) {
  if (!facts.hystart || e.segment().payload.empty()) return;
  ShadowHyStart& h = tcb.hystart;
  if (tcb.snd.una_possible == tcb.snd.nxt) {  // Nothing was in flight: a round begins.
    h.round = {.sent = e.at};
    h.next = {};
    h.round_end = e.data_end();
    h.samples = 0;
    h.least = std::nullopt;
    return;
  }
  const bool of_this_round = h.round.sent == e.at && !h.next.sent && h.samples == 0;
  if (of_this_round) {
    h.round_end = further(h.round_end, e.data_end());
    return;
  }
  if (!h.next.sent) h.next.sent = e.at;
  if (*h.next.sent != e.at) h.next.at_once = false;
}

}  // namespace tcprove::monitor
