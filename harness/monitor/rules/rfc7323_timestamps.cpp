#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

/// The option of a segment whose timestamps belong to the connection: a RST may have others
/// (RFC 7323 section 5.2).
std::optional<wire::Timestamps> option_of(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.segment().options.empty() || e.has(Flag::Rst)) return {};
  return wire::find_option<wire::Timestamps>(e.segment().options);
}

/// The echo on a segment that can be judged. A retransmission may be the very same packet as before
/// (RFC 9293 section 3.8.1, MAY-4).
std::optional<std::uint32_t> echo_of(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const bool judged = e.in_connection && scene.facts.complete && !e.repeats && e.has(Flag::Ack) &&
                      !e.has(Flag::Syn) && tcb.timestamps() && tcb.stamps.known;
  if (!judged) return {};
  const auto option = option_of(scene);
  return option ? std::optional(option->tsecr) : std::nullopt;
}

/// Whether `tsecr` cannot be TS.Recent, whatever the stack chose to take.
bool surely_not_recent(const ShadowTimestamps& stamps, std::uint32_t tsecr) {
  return stamped_before(tsecr, stamps.recent_least) || stamped_before(stamps.recent_most, tsecr);
}

/// The SYN,ACK echoes one of the SYNs that it may answer.
/// A SYN,ACK that is sent again echoes what has come since (RFC 7323 section 4.3), and is not
/// always known for one.
bool echoes_a_later_segment(const ShadowTcb& tcb, const Emission& e, std::uint32_t tsecr) {
  for (std::size_t back = 0; back < ShadowTcb::kArrivalsKept; ++back) {
    const Arrival* a = tcb.arrival(back);
    if (a != nullptr && !a->has(Flag::Syn) && a->seq == e.segment().ack && a->tsval == tsecr) {
      return true;
    }
  }
  return false;
}

bool echoes_a_syn(const ShadowTcb& tcb, const Emission& e, std::uint32_t tsecr) {
  if (tcb.syn_count > ShadowTcb::kSynsKept) return true;  // It may be one of the others.
  bool stamped = false;
  for (std::size_t i = 0; i < tcb.syn_count; ++i) {
    const Arrival& syn = tcb.syns[i];
    const bool answered = wire::after_up_to(syn.seq, e.segment().ack, syn.end());
    if (!answered || !syn.tsval) continue;
    if (*syn.tsval == tsecr) return true;
    stamped = true;
  }
  return !stamped;
}

/// An earlier timestamp of the connection's, and the one on the segment.
struct Ticks {
  base::Duration time;
  std::uint32_t count = 0;
};

/// Over less time a coarse clock tells nothing; over more than 20 days one of 1 ms wraps.
std::optional<Ticks> ticks_of(const Scene& scene) {
  constexpr base::Duration kLeast = std::chrono::seconds(10);
  constexpr base::Duration kMost = std::chrono::hours(20 * 24);
  const Emission& e = *scene.emission;
  const auto& first = scene.tcb.stamps.first;
  if (!e.in_connection || e.repeats || !first || !scene.tcb.timestamps()) return {};
  const base::Duration time = e.at - first->at;
  const auto option = option_of(scene);
  if (!option || time < kLeast || time > kMost) return {};
  if (stamped_before(option->tsval, first->tsval)) return {};  // timestamp_monotone() tells.
  return Ticks{.time = time, .count = option->tsval - first->tsval};
}

Verdict echo_is_recent(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.has(Flag::Syn) && e.has(Flag::Ack) && scene.facts.complete) {
    const auto option = option_of(scene);
    const bool again = e.syn == SynKind::Repeat || e.syn == SynKind::Unclear;
    if (!option || again || echoes_a_syn(scene.tcb, e, option->tsecr)) return {};
    if (echoes_a_later_segment(scene.tcb, e, option->tsecr)) return {};
    return Complaint{fmt::format("it echoes {}, which no SYN carried", option->tsecr)};
  }
  const std::optional<std::uint32_t> tsecr = echo_of(scene);
  const ShadowTimestamps& stamps = scene.tcb.stamps;
  if (!tsecr || !surely_not_recent(stamps, *tsecr)) return {};
  return Complaint{fmt::format("it echoes {}, and the timestamp to echo is from {} to {}", *tsecr,
                               stamps.recent_least, stamps.recent_most)};
}

/// "SEG.TSval >= TS.Recent and SEG.SEQ <= Last.ACK.sent": the earliest of those that an ACK covers.
Verdict echo_by_last_ack(const Scene& scene) {
  const std::optional<std::uint32_t> tsecr = echo_of(scene);
  const ShadowTimestamps& stamps = scene.tcb.stamps;
  if (!tsecr || !stamps.recent || surely_not_recent(stamps, *tsecr)) return {};
  if (*tsecr == *stamps.recent) return {};
  return Complaint{fmt::format("it echoes {}, and TS.Recent is {}", *tsecr, *stamps.recent)};
}

Verdict echo_zero_without_ack(const Scene& scene) {
  if (scene.emission->has(Flag::Ack)) return {};
  const auto option = option_of(scene);
  if (!option || option->tsecr == 0) return {};
  return Complaint{fmt::format("it has no ACK, and its TSecr is {}", option->tsecr)};
}

Verdict timestamp_monotone(const Scene& scene) {
  const Emission& e = *scene.emission;
  const auto& latest = scene.tcb.stamps.latest;
  if (!e.in_connection || e.repeats || !latest || !scene.tcb.timestamps()) return {};
  if (e.at - latest->at > kRecentLifetime) return {};  // Half a cycle of the fastest clock.
  const auto option = option_of(scene);
  if (!option || !stamped_before(option->tsval, latest->tsval)) return {};
  return Complaint{fmt::format("its TSval is {} after {}", option->tsval, latest->tsval)};
}

Verdict timestamp_clock_runs(const Scene& scene) {
  const std::optional<Ticks> ticks = ticks_of(scene);
  if (!ticks || ticks->count > 0) return {};
  return Complaint{fmt::format("its TSval is the one of {} before", base::to_string(ticks->time))};
}

/// Section 5.4: one tick takes from 1 ms to 1 s. What real clocks err is far below a tenth.
Verdict timestamp_clock_rate(const Scene& scene) {
  const std::optional<Ticks> ticks = ticks_of(scene);
  if (!ticks || ticks->count == 0) return {};
  const base::Duration most = ticks->time + ticks->time / 10;
  const base::Duration least = ticks->time - ticks->time / 10;
  const bool fast = std::chrono::milliseconds(ticks->count) > most;
  const bool slow = std::chrono::seconds(std::int64_t{ticks->count} + 1) < least;
  if (!fast && !slow) return {};
  return Complaint{
      fmt::format("{} ticks passed in {}", ticks->count, base::to_string(ticks->time))};
}

Verdict old_timestamp_dropped(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !e.in_connection || !e.has(Flag::Ack)) return {};
  const bool beyond = ahead(e.segment().ack, tcb.rcv.arrived.next());
  if (!beyond || !tcb.stamps.reached_by_old(e.segment().ack)) return {};
  return Complaint{fmt::format("it acknowledges {}; what came past {} had too old a timestamp",
                               words_of_peer_number(scene, e.segment().ack),
                               words_of_peer_number(scene, tcb.rcv.arrived.next()))};
}

Verdict old_timestamp_draws_ack(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfOldTimestamp);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a segment with too old a timestamp drew no ACK", duty.event};
}

Verdict missing_timestamp_dropped(const Scene& scene) {
  const Emission& e = *scene.emission;
  const auto& bare = scene.tcb.stamps.bare_begin;
  if (!scene.facts.complete || !e.in_connection || !e.has(Flag::Ack) || !bare) return {};
  if (!ahead(e.segment().ack, *bare)) return {};
  return Complaint{fmt::format("it acknowledges {}; what came from {} on had no timestamp",
                               words_of_peer_number(scene, e.segment().ack),
                               words_of_peer_number(scene, *bare))};
}

/// Section 3.2, of a RST by which the stack ends a connection that it has.
Verdict reset_carries_timestamps(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!e.has(Flag::Rst) || !scene.facts.complete || !tcb.followed || !tcb.snd.known) return {};
  if (!tcb.rcv.known || !tcb.timestamps() || tcb.reset_arrived || tcb.reset_emitted) return {};
  const bool has_it =
      !tcb.may_be(tcp::State::Closed) ||
      (tcb.user.aborted && !tcb.answers_arrival && tcb.may_be(tcp::State::Established));
  // One that answers an unacceptable ACK in SYN-RECEIVED ends nothing.
  const bool of_connection = tcb.only(tcp::State::Established) || !tcb.answers_arrival;
  if (!has_it || !of_connection || wire::find_option<wire::Timestamps>(e.segment().options))
    return {};
  return Complaint{"both SYNs carried timestamps, and the RST does not"};
}

/// Section 5.2, where there is no connection.
Verdict reset_echoes(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const Arrival* last = tcb.arrival(0);
  const bool answers = e.has(Flag::Rst) && scene.facts.complete && scene.facts.timestamps &&
                       tcb.followed && !tcb.snd.known && tcb.only(tcp::State::Closed) &&
                       last != nullptr && last->at == scene.now && last->plain && last->tsval &&
                       !last->has(Flag::Rst) && tcb.answers_arrival;
  if (!answers || wire::find_option<wire::Timestamps>(e.segment().options)) return {};
  return Complaint{"it answers a segment that carries timestamps, and has none"};
}

constexpr Rule kRules[] = {
    {"echo-is-ts-recent", "RFC7323-11", Must, "3.2", EmitsOptions, echo_is_recent,
     "TSecr is a timestamp of the peer's that may be TS.Recent."},
    {"echo-is-by-last-ack-sent", "RFC7323-12", Should, "4.3", EmitsOptions, echo_by_last_ack,
     "TSecr is of the earliest segment that the ACK covers, and of none beyond a gap."},
    {"echo-is-zero-without-ack", "RFC7323-11", Should, "3.2", EmitsOptions, echo_zero_without_ack,
     "Where ACK is not set TSecr is zero."},
    {"timestamps-never-go-back", "RFC7323-20", Must, "5.4", EmitsOptions, timestamp_monotone,
     "No TSval is older than one sent before."},
    {"timestamp-clock-runs", "RFC7323-20", Must, "5.4", EmitsOptions, timestamp_clock_runs,
     "TSval goes on with time."},
    {"timestamp-clock-ticks-1ms-to-1s", "RFC7323-20", Should, "5.4", EmitsOptions,
     timestamp_clock_rate, "A tick of the timestamp clock takes from 1 ms to 1 s."},
    {"old-timestamp-is-dropped", "RFC7323-13", Must, "5.3", Emits, old_timestamp_dropped,
     "A segment with a timestamp older than TS.Recent is not taken."},
    {"missing-timestamp-is-dropped", "RFC7323-9", Should, "3.2", Emits, missing_timestamp_dropped,
     "Once both SYNs carried timestamps, a segment without is not taken."},
    {"reset-echoes-timestamps", "RFC7323-15", Should, "5.2", EmitsReset, reset_echoes,
     "A RST that answers a segment with timestamps carries them.", &StackFacts::timestamps},
    {"reset-carries-timestamps", "RFC7323-15", Should, "3.2", EmitsReset, reset_carries_timestamps,
     "A RST on a connection with timestamps carries them too."},
    {"old-timestamp-draws-ack", "RFC7323-13", Must, "5.3", Overdue, old_timestamp_draws_ack,
     "A segment with a timestamp older than TS.Recent draws an ACK."},
};

}  // namespace

std::span<const Rule> rfc7323_timestamps() { return kRules; }

}  // namespace tcprove::monitor::rules
