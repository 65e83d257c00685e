#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::monitor {
namespace {

using wire::Flag;

/// RFC 7323 section 4.3 (2): TS.Recent becomes SEG.TSval, surely or perhaps.
void note_recent(ShadowTcb& tcb, const Arrival& a, std::uint32_t tsval) {
  ShadowTimestamps& stamps = tcb.stamps;
  const bool at_left_edge = a.seq == tcb.rcv.nxt;  // Also into a closed window (MUST-66).
  const bool newest = !stamped_before(tsval, stamps.recent_most);
  if (stamped_before(tsval, stamps.recent_least) && !newest) return;
  if (tcb.surely_unacceptable(a) && !at_left_edge) return;
  if (newest) stamps.recent_most = tsval;
  // So far apart that a third may be older than one and younger than the other.
  if (stamps.recent_most - stamps.recent_least >= kHalfCircle / 2) stamps.lose();
  const bool from_last_ack = !tcb.rcv.acked || !ahead(a.seq, tcb.rcv.ack);
  // RFC 1323 took it from segments that reach past the last ACK only.
  const bool surely = a.plain && newest && tcb.only(tcp::State::Established) && tcb.rcv.acked &&
                      from_last_ack && !a.has(Flag::Syn) && tcb.surely_acceptable(a) &&
                      ahead(a.end(), tcb.rcv.nxt) && tcb.ack_is_in_range(a);
  if (surely) {
    stamps.recent_least = tsval;
    stamps.recent = tsval;
    stamps.recent_since = a.at;
  } else if (from_last_ack && stamps.recent != tsval) {
    stamps.recent = std::nullopt;
  }
}

void note_bare(ShadowTcb& tcb, const Arrival& a) {
  ShadowTimestamps& stamps = tcb.stamps;
  const wire::SeqNum next = tcb.rcv.arrived.next();
  if (a.len == 0) return;
  if (a.tsval || a.has(Flag::Syn)) {  // Of a SYN of the handshake nothing is demanded.
    const bool comes_again = stamps.bare_begin && !ahead(a.seq, *stamps.bare_begin);
    if (comes_again) stamps.bare_begin = std::nullopt;
  } else if (!stamps.bare_begin && !ahead(a.seq, next) && ahead(a.end(), next)) {
    stamps.bare_begin = next;
  }
}

}  // namespace

bool surely_too_old(const ShadowTcb& tcb, const Arrival& a) {
  const ShadowTimestamps& stamps = tcb.stamps;
  if (!tcb.timestamps() || !stamps.known || !a.tsval || !a.plain) return false;
  if (a.has(Flag::Rst) || a.has(Flag::Syn) || !tcb.only(tcp::State::Established)) return false;
  // TS.Recent-1 is let pass by a deployed stack, and is not held against any.
  return stamped_before(*a.tsval, stamps.recent_least) &&
         stamped_before(*a.tsval, stamps.recent_most) &&
         stamped_before(*a.tsval + 1, stamps.recent_least) &&
         a.at - stamps.recent_since < kRecentLifetime;
}

void follow_peer_timestamp(ShadowTcb& tcb, const Arrival& a) {
  if (a.stamps_unclear) tcb.stamps.lose();
  if (!tcb.timestamps() || !tcb.stamps.known || a.has(Flag::Rst)) return;
  if (surely_too_old(tcb, a)) {
    if (!ahead(a.end(), tcb.rcv.arrived.next())) return;
    tcb.stamps.old_end = tcb.stamps.old_end ? further(*tcb.stamps.old_end, a.end()) : a.end();
    return;
  }
  note_bare(tcb, a);
  // Taken or dropped: after so long either is right, and what is echoed next depends on it.
  if (a.at - tcb.stamps.recent_since >= kRecentLifetime) tcb.stamps.lose();
  if (a.tsval) note_recent(tcb, a, *a.tsval);
}

void follow_own_timestamp(ShadowTcb& tcb, const Emission& e) {
  ShadowTimestamps& stamps = tcb.stamps;
  if (stamps.bare_begin && e.has(Flag::Ack) && ahead(e.segment().ack, *stamps.bare_begin)) {
    stamps.bare_begin = std::nullopt;
  }
  if (e.segment().options.empty()) return;
  const auto option = wire::find_option<wire::Timestamps>(e.segment().options);
  if (!option) return;
  const bool later = !stamps.latest || stamped_before(stamps.latest->tsval, option->tsval);
  if (later) stamps.latest = {.tsval = option->tsval, .at = e.at};
  if (!stamps.first) stamps.first = {.tsval = option->tsval, .at = e.at};
}

}  // namespace tcprove::monitor
