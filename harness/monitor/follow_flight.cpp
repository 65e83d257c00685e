#include <algorithm>
#include <limits>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using wire::Flag;
using wire::SeqLen;

/// RFC 5681 section 2: data outstanding, no data, no SYN or FIN, and nothing that is new.
bool is_duplicate(const ShadowTcb& tcb, const Arrival& a) {
  const bool empty = a.len == 0 && !a.has(Flag::Rst);
  const bool outstanding = tcb.snd.una_possible != tcb.snd.nxt;
  // Whether the window on the peer's SYN counts is not said, nor how it is scaled.
  const bool same_window = tcb.flight.window.value_or(a.wnd) == a.wnd;
  return empty && outstanding && a.ack == tcb.snd.una_possible && same_window;
}

/// RFC 5681 section 3.2: fast retransmission, once for what was in flight (RFC 6582 section 3.2).
void owe_fast_retransmission(ShadowTcb& tcb, const Arrival& a) {
  const SendSide& snd = tcb.snd;
  const bool sack = snd.options.sack_permitted && tcb.rcv.options.sack_permitted;
  const bool first = !tcb.flight.recover || ahead(snd.una, *tcb.flight.recover);
  const bool data = snd.una == snd.una_possible && snd.una != snd.iss && snd.fin != snd.una;
  const bool open = snd.edge_now && ahead(*snd.edge_now, snd.una);
  if (sack || !first || !data || !open) return;
  tcb.duties.owe(
      Owed::FastRetransmission,
      {.at_once = true, .since = a.at, .due = a.at, .number = snd.una, .event = a.event});
}

void note_time_out(ShadowTcb& tcb, const Emission& e) {
  ShadowFlight& flight = tcb.flight;
  const auto octets = static_cast<SeqLen>(e.segment().payload.size());
  const bool front = e.repeats && tcb.front.sent > 0 && e.segment().seq == tcb.front.seq;
  if (front && tcb.timers.front_timed_out && octets > 0) {
    flight.after_time_out = octets;
  } else if (front) {
    flight.after_time_out = std::nullopt;  // By the timer or not: that is not clear.
  } else if (flight.after_time_out) {
    *flight.after_time_out += octets;
  }
}

}  // namespace

SeqLen peer_mss(const ShadowTcb& tcb) {
  const std::uint16_t default_mss = tcb.ip == wire::IpVersion::V4 ? 536 : 1220;
  return tcb.rcv.options.mss.value_or(default_mss);
}

SeqLen largest_smss(const ShadowTcb& tcb) {
  const SeqLen mss = peer_mss(tcb);
  // One that cannot be meant, or comes where it means nothing, may be taken for any.
  const bool unclear = mss < kLeastMssJudged || tcb.rcv.mss_unclear;
  return unclear ? std::numeric_limits<std::uint16_t>::max() : std::max<SeqLen>(mss, 536);
}

SeqLen window_now(const ShadowTcb& tcb, base::Instant at) {
  const SendSide& snd = tcb.snd;
  const SeqLen smss = largest_smss(tcb);
  const SeqLen flight = wire::distance(snd.una_possible, snd.nxt);
  const bool room = snd.edge_now && ahead(*snd.edge_now, snd.nxt + smss);
  // What waits although the peer has room for it waits for the congestion window.
  const bool full = room && tcb.queued() >= smss && at > tcb.flight.last_new;
  if (full) return flight + smss;
  return initial_window_of_rfc6928(smss) + tcb.flight.grown + tcb.flight.inflated;
}

ShadowReduction reduction_now(const ShadowTcb& tcb, base::Instant at) {
  constexpr SeqLen kMostLeft = 85;  // Of a hundred.
  return {.window = std::max(window_now(tcb, at) / 100 * kMostLeft, 2 * largest_smss(tcb)),
          .grown = tcb.flight.grown,
          .from = tcb.snd.nxt};
}

void follow_flight(ShadowTcb& tcb, const Emission& e) {
  ShadowFlight& flight = tcb.flight;
  const SendSide& snd = tcb.snd;
  const bool by_timer = e.at > tcb.last_stimulus;
  if (e.syn == SynKind::Repeat && by_timer) ++flight.syn_time_outs;
  if (e.segment().payload.empty()) return;
  note_time_out(tcb, e);
  // What an ACK cut in two may come again whole.
  const bool has_front = !ahead(e.segment().seq, snd.una) && ahead(e.data_end(), snd.una);
  if (e.repeats && has_front) tcb.duties.settle(Owed::FastRetransmission);
  if (!ahead(e.data_end(), snd.nxt)) {
    flight.recover = snd.nxt;
    return;
  }
  const base::Duration longest_rto =
      kFirstRetransmissionMax + 5 * snd.rtt_max + tcb.timers.backed_off.value_or(base::Duration());
  const bool idle = snd.una_possible == snd.nxt && flight.acked;
  if (idle && e.at - flight.last_new > longest_rto) flight.grown_restart = 0;
  flight.last_new = e.at;
  ++flight.segments;
}

void follow_flight_ack(ShadowTcb& tcb, const Arrival& a, bool sure) {
  ShadowFlight& flight = tcb.flight;
  const SendSide& snd = tcb.snd;
  flight.after_time_out = std::nullopt;
  if (ahead(a.ack, snd.una_possible)) {
    const SeqLen syn = snd.una_possible == snd.iss ? 1 : 0;
    const SeqLen acked = wire::distance(snd.una_possible, a.ack) - syn;
    const auto grow = [acked](SeqLen& grown) {
      grown = std::min(grown + acked, ShadowFlight::kGrownMax);
    };
    grow(flight.grown);
    if (flight.grown_restart) grow(*flight.grown_restart);
    flight.acked = flight.acked || ahead(a.ack, snd.iss + 1);
    flight.inflated = flight.duplicates = flight.sure_duplicates = flight.segments = 0;
    tcb.duties.settle(Owed::FastRetransmission);
  } else if (a.ack == snd.una_possible) {
    flight.inflated = std::min(flight.inflated + largest_smss(tcb), ShadowFlight::kGrownMax);
    const bool counts = is_duplicate(tcb, a);
    if (counts) ++flight.duplicates;
    if (counts && sure && flight.window && ++flight.sure_duplicates == 3)
      owe_fast_retransmission(tcb, a);
  }
  // Whether an old ACK, or one that was dropped, is "the last incoming acknowledgment" is not said.
  if ((sure || snd.una == snd.iss) && !ahead(snd.una_possible, a.ack)) {
    flight.window = a.wnd;
  } else if (flight.window != a.wnd) {
    flight.window = std::nullopt;
  }
}

}  // namespace tcprove::monitor
