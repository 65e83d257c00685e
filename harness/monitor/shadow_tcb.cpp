#include "harness/monitor/shadow_tcb.hpp"

#include <algorithm>

#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

/// What one side's FIN has come to: not yet, maybe, surely.
struct Progress {
  bool before = false;  ///< It may not have happened yet.
  bool after = false;   ///< It may have happened.
};

}  // namespace

void ShadowTcb::restart() {
  followed = true;
  phases = {};
  phases.add(tcp::State::Closed);
  active_open = false;
  snd.known = false;
  snd.edge_now = std::nullopt;
  snd.fin = std::nullopt;
  snd.wnd_most = snd.window_max = snd.window_max_possible = 0;
  snd.wnd = std::nullopt;
  snd.wl_sure = true;
  snd.path_mtu_told = false;
  snd.handed_over_up_to = 0;
  ended = ended_by_arrival = false;
  snd.rtt_max = {};
  snd.options = {};
  front = {};
  rcv.known = rcv.acked = rcv.contested = false;
  rcv.edge_slack = 0;
  rcv.fin = std::nullopt;
  rcv.options = {};
  stamps = {};
  timers = {};
  probing = {};
  flight = {};
  recovery = {};
  hystart = {};
  ecn = {};
  sack = {};
  sizes = {};
  // What was set may hold for each connection from then on.
  user = {.sets_no_delay = user.sets_no_delay,
          .wants_keep_alives = user.wants_keep_alives,
          .sets_keep_alive_time = user.sets_keep_alive_time,
          .sets_timeout = user.sets_timeout,
          .wants_keep_alive_octet = user.wants_keep_alive_octet};
  reports = {.unwanted = reports.unwanted};
  duties.settle_all();
  answer_demanded = std::nullopt;
  bare_ack_drawn = false;
  bare_ack_answers = 0;
  caused = true;
  time_wait_restarted = std::nullopt;
  time_wait_syn_may_be_newer = std::nullopt;
  answer = {};
  limits = {};
  time_wait_since = std::nullopt;
  may_return_to_time_wait = data_unplaced = ended_by_reset = reset_arrived = reset_emitted = false;
}

void ShadowTcb::forget() {
  restart();
  user = {};
  settings = {};
  reports = {};
  ip = wire::IpVersion::V4;
  last_arrival = last_emission = last_stimulus = {};
  arrival_count = syn_count = syn_event = 0;
  route = {};
  said = std::nullopt;
  said_since_stimulus = false;
}

const Arrival* ShadowTcb::arrival(std::size_t back) const {
  if (back >= arrival_count || back >= kArrivalsKept) return nullptr;
  return &arrivals[(arrival_count - 1 - back) % kArrivalsKept];
}

wire::SeqLen ShadowTcb::queued() const {
  return ahead(handed_over_end(), snd.nxt) ? wire::distance(snd.nxt, handed_over_end()) : 0;
}

bool ShadowTcb::window_may_be_closed() const {
  return !snd.edge_now || !ahead(*snd.edge_now, front.seq);
}

bool ShadowTcb::fin_surely_received() const { return rcv.fin && ahead(rcv.nxt, *rcv.fin); }

bool ShadowTcb::fin_possibly_received() const {
  return rcv.fin && ahead(rcv.arrived.next(), *rcv.fin);
}

tcp::States ShadowTcb::states(base::Instant now, const StackFacts& facts) const {
  using enum tcp::State;
  tcp::States all;
  for (const tcp::State phase : {Closed, SynSent, SynReceived}) {
    if (phases.has(phase)) all.add(phase);
  }
  // CLOSE in SYN-RECEIVED leads to FIN-WAIT-1, SYN acknowledged or not (section 3.10.4).
  const bool closing = phases.has(SynReceived) && (user.shut || snd.fin);
  if (!phases.has(Established) && !closing) return all;
  const bool fin_acked = snd.fin && ahead(snd.una, *snd.fin);
  const bool fin_maybe_acked = snd.fin && ahead(snd.una_possible, *snd.fin);
  // CLOSE enters FIN-WAIT-1 even while data before the FIN is queued (section 3.10.4).
  const Progress ours{.before = !snd.fin, .after = user.shut || snd.fin};
  const Progress acked{.before = !fin_acked, .after = fin_maybe_acked};
  const Progress theirs{.before = !fin_surely_received(), .after = fin_possibly_received()};
  const bool stack_first = user.closed_first != ClosedFirst::Peer;
  const bool peer_first = user.closed_first != ClosedFirst::Stack;
  if (ours.before && theirs.before) all.add(Established);
  if (ours.before && theirs.after) all.add(CloseWait);
  if (ours.after && acked.before) {
    if (theirs.before) all.add(FinWait1);
    if (theirs.after && stack_first) all.add(Closing);
    if (theirs.after && peer_first) all.add(LastAck);
  }
  if (ours.after && acked.after) {
    if (theirs.before) all.add(FinWait2);
    if (theirs.after && stack_first) all.add(TimeWait);
    if (theirs.after && peer_first) all.add(Closed);
  }
  if (user.aborted) {  // Sections 3.5.2 and 3.10.5 differ.
    all.add(TimeWait);
    all.add(Closed);
  }
  if (all.has(TimeWait) && time_wait_since &&
      now >= time_wait_restarted.value_or(*time_wait_since) + 2 * facts.msl) {
    all.add(Closed);
  }
  return all;
}

bool ShadowTcb::surely_synchronized(base::Instant now, const StackFacts& facts) const {
  return followed && snd.known && rcv.known && only(tcp::State::Established) && !user.closed &&
         !user.aborted && !states(now, facts).has(tcp::State::Closed);
}

wire::SeqLen ShadowTcb::rmss() const {
  const std::uint16_t default_mss = ip == wire::IpVersion::V4 ? 536 : 1220;
  return std::max<wire::SeqLen>(snd.options.mss.value_or(default_mss), 1);
}

std::uint32_t ShadowTcb::offered_window(std::uint16_t field, bool syn) const {
  return std::uint32_t{field} << (scales() && !syn ? *rcv.options.shift : 0U);
}

std::uint32_t ShadowTcb::announced_window(std::uint16_t field, bool syn) const {
  return std::uint32_t{field} << (scales() && !syn ? *snd.options.shift : 0U);
}

bool ShadowTcb::surely_unacceptable(const Arrival& a) const {
  // A scaled window field leaves out what is less than its unit (RFC 7323 section 2.3).
  const wire::SeqLen unit = scales() ? 1U << *snd.options.shift : 1U;
  // A FIN takes a number and no room, so that the window may end one later than it was told.
  const wire::SeqNum right = rcv.edge + rcv.edge_slack + (unit - 1) + (rcv.fin ? 1U : 0U);
  const wire::SeqWindow window{.left = rcv.nxt,
                               .size = ahead(right, rcv.nxt) ? distance(rcv.nxt, right) : 0};
  // Stacks differ about the number just past the window; the RFC calls it unacceptable.
  if (window.size > 0 && a.seq == right) return false;
  if (a.len > 0) {
    const bool spans = distance(a.seq, window.left) < a.len;
    const bool outside =
        !window.contains(a.seq) && !window.contains(a.end() - 1) && !(spans && window.size > 0);
    // A RST is let pass by a closed window whatever it carries (MUST-66).
    if (!outside || !a.has(wire::Flag::Rst)) return outside;
  }
  const bool may_be_rcv_nxt = distance(rcv.nxt, a.seq) <= distance(rcv.nxt, rcv.arrived.next());
  return !window.contains(a.seq) && !may_be_rcv_nxt && a.seq != right;
}

bool ShadowTcb::surely_acceptable(const Arrival& a) const {
  const wire::SeqNum left = rcv.arrived.next();
  if (rcv.edge_last != rcv.edge) return false;
  const wire::SeqWindow window{.left = left,
                               .size = ahead(rcv.edge, left) ? distance(left, rcv.edge) : 0};
  if (a.len == 0 && a.seq == left && left == rcv.nxt) return true;
  return window.contains(a.seq) || (a.len > 0 && window.contains(a.end() - 1));
}

bool ShadowTcb::ack_is_in_range(const Arrival& a) const {
  if (!a.has(wire::Flag::Ack) || ahead(a.ack, snd.nxt)) return false;
  return distance(a.ack, snd.nxt) <= distance(snd.una_possible, snd.nxt) + snd.window_max;
}

}  // namespace tcprove::monitor
