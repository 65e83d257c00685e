#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/flight_bound.hpp"
#include "harness/monitor/rules/sections.hpp"
#include "harness/monitor/rules/timer_interval.hpp"

namespace tcprove::monitor::rules {
using wire::SeqLen;

std::optional<SeqLen> flight_of(const Scene& scene) {
  const Emission& e = *scene.emission;
  const SendSide& snd = scene.tcb.snd;
  const bool judged = e.in_connection && scene.facts.complete && !e.has(wire::Flag::Syn);
  if (!judged || e.segment().payload.empty() || !ahead(e.data_end(), snd.nxt)) return {};
  // The SYN is no part of it.
  const wire::SeqNum una = snd.una_possible == snd.iss ? snd.iss + 1 : snd.una_possible;
  return wire::distance(una, e.data_end());
}

namespace {

/// What was in flight before anything of it was acknowledged.
std::optional<SeqLen> initial_flight(const Scene& scene) {
  return scene.tcb.flight.acked ? std::nullopt : flight_of(scene);
}

/// What may be in flight at most when no more than `window` and `grown` is.
SeqLen bound(const ShadowTcb& tcb, SeqLen window, SeqLen grown) {
  return window + grown + tcb.flight.inflated;
}

Complaint too_much(SeqLen flight, SeqLen most, std::string_view what) {
  return Complaint{
      fmt::format("{} octets are in flight, and {} is at most {}", flight, what, most)};
}

}  // namespace

Verdict flight_after_reduction(const Scene& scene, const std::optional<ShadowReduction>& reduced,
                               wire::SeqLen grown, std::string_view what) {
  const std::optional<SeqLen> flight = flight_of(scene);
  if (!flight || !reduced || ahead(reduced->from, scene.tcb.snd.una_possible)) return {};
  const SeqLen most = bound(scene.tcb, reduced->window, grown);
  if (*flight <= most) return {};
  return too_much(*flight, most, what);
}

namespace {

Verdict initial_window(const Scene& scene) {
  const std::optional<SeqLen> flight = initial_flight(scene);
  if (!flight) return {};
  const SeqLen most =
      bound(scene.tcb, initial_window_of_rfc6928(largest_smss(scene.tcb)), scene.tcb.flight.grown);
  if (*flight <= most) return {};
  return too_much(*flight, most, "an initial window");
}

/// RFC 6928 allows more by way of an experiment.
Verdict initial_window_of_the_standard(const Scene& scene) {
  const std::optional<SeqLen> flight = initial_flight(scene);
  if (!flight || initial_window(scene)) return {};
  const SeqLen most =
      bound(scene.tcb, initial_window_of_rfc5681(largest_smss(scene.tcb)), scene.tcb.flight.grown);
  if (*flight <= most) return {};
  return too_much(*flight, most, "RFC 5681's initial window");
}

/// RFC 6928 section 2 has it only where the SYN or SYN,ACK was sent again more than once.
Verdict initial_window_after_lost_syns(const Scene& scene) {
  const std::optional<SeqLen> flight = initial_flight(scene);
  if (!flight || scene.tcb.flight.syn_time_outs < 2 || initial_window(scene)) return {};
  const SeqLen most = bound(scene.tcb, largest_smss(scene.tcb), scene.tcb.flight.grown);
  if (*flight <= most) return {};
  return too_much(*flight, most, "the initial window after the SYN was lost again and again");
}

Verdict congestion_window(const Scene& scene) {
  const std::optional<SeqLen> flight = flight_of(scene);
  if (!flight || !scene.tcb.flight.acked) return {};
  const SeqLen most =
      bound(scene.tcb, initial_window_of_rfc6928(largest_smss(scene.tcb)), scene.tcb.flight.grown);
  if (*flight <= most) return {};
  return too_much(*flight, most, "cwnd, by what was acknowledged so far,");
}

Verdict restart_window(const Scene& scene) {
  const ShadowFlight& known = scene.tcb.flight;
  const std::optional<SeqLen> flight = flight_of(scene);
  if (!flight || !known.grown_restart || congestion_window(scene)) return {};
  const SeqLen most =
      bound(scene.tcb, initial_window_of_rfc6928(largest_smss(scene.tcb)), *known.grown_restart);
  if (*flight <= most) return {};
  return too_much(*flight, most, "cwnd after an idle time");
}

/// Where the peer takes SACK the timer may have been that of a tail loss probe, which leaves cwnd.
Verdict loss_window(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!e.in_connection || !scene.facts.complete || !tcb.flight.after_time_out) return {};
  if (e.segment().payload.empty() || may_probe_tail(tcb)) return {};
  if (tcb.snd.path_mtu_told) return {};  // What was too large is sent again at once.
  // The front once more is the timer's next firing.
  if (e.repeats && e.segment().seq == tcb.front.seq && scene.now > tcb.front.last) return {};
  const SeqLen sent = *tcb.flight.after_time_out + static_cast<SeqLen>(e.segment().payload.size());
  if (sent <= largest_smss(tcb)) return {};
  return Complaint{
      fmt::format("{} octets are sent after the retransmission timer fired and before "
                  "anything came; the loss window is a segment, at most {}",
                  sent, largest_smss(tcb))};
}

Verdict fast_retransmission(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::FastRetransmission);
  if (!scene.overdue(duty)) return {};
  return Complaint{fmt::format("the third duplicate ACK drew no retransmission of {}",
                               words_of_stack_number(scene, duty.number)),
                   duty.event};
}

/// Fewer duplicates are enough where fewer than four segments are in flight (RFC 5827), and a
/// timer may fire at the same instant.
Verdict no_early_retransmission(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const SendSide& snd = tcb.snd;
  const Arrival* last = tcb.arrival(0);
  const bool again = e.in_connection && scene.facts.complete && scene.facts.virtual_clock &&
                     e.repeats && !e.segment().payload.empty() && e.segment().seq == snd.una &&
                     snd.una == snd.una_possible && tcb.front.seq == snd.una;
  if (!again || snd.path_mtu_told || may_probe_tail(tcb) || tcb.flight.recover ||
      tcb.front.sent != 1)
    return {};
  const bool drawn = last != nullptr && last->at == scene.now && last->plain &&
                     last->ack == snd.una && !last->has(wire::Flag::Syn);
  const bool timer = scene.now - tcb.front.last + kGranularityMax >= kLeastRto;
  const bool open = snd.edge_now && !ahead(snd.nxt, *snd.edge_now);
  const unsigned enough = std::clamp(tcb.flight.segments, 2U, 4U) - 1;
  if (!tcb.front.in_window || !drawn || timer || !open || tcb.front.restarted ||
      tcb.flight.duplicates >= enough)
    return {};
  return Complaint{fmt::format("it is sent again after {} duplicate ACKs", tcb.flight.duplicates)};
}

constexpr Rule kRules[] = {
    {"initial-window-is-ten-segments", "RFC5681-2", Must, "3.1", EmitsText, initial_window,
     "Before an ACK of data no more than ten segments are in flight (RFC 6928)."},
    {"initial-window-is-four-segments", "RFC5681-2", May, "3.1", EmitsText,
     initial_window_of_the_standard,
     "Before an ACK of data no more than two to four segments are in flight, by their size."},
    {"initial-window-after-lost-syns", "RFC5681-3", Must, "3.1", EmitsText,
     initial_window_after_lost_syns,
     "Where SYN or SYN,ACK timed out twice, one segment is in flight before an ACK of data."},
    {"flight-stays-in-congestion-window", "RFC5681-1", Must, "3", EmitsText, congestion_window,
     "No more is in flight than the initial window and what was acknowledged since."},
    {"idle-sender-restarts-slowly", "RFC5681-11", Should, "4.1", EmitsText, restart_window,
     "A sender that was idle for longer than its RTO begins again with an initial window."},
    {"timeout-leaves-one-segment", "RFC5681-6", Must, "3.1", EmitsText, loss_window,
     "When the retransmission timer has fired no more than a segment is sent before an ACK."},
    {"retransmission-waits-for-third-duplicate", "RFC5681-8", Should, "3.2", EmitsText,
     no_early_retransmission,
     "Neither a window update nor fewer than three duplicate ACKs draw a retransmission."},
    {"third-duplicate-draws-retransmission", "RFC5681-8", Should, "3.2", Overdue,
     fast_retransmission, "The third duplicate ACK draws a retransmission of what it asks for."},
};

}  // namespace

std::span<const Rule> rfc5681_congestion() { return kRules; }

}  // namespace tcprove::monitor::rules
