#include "harness/monitor/emission.hpp"

#include <algorithm>

#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using wire::Flag;

/// Whether the segment may answer one or another of SYNs that differ in what they say.
bool several_acknowledged_syns(const ShadowTcb& tcb, const wire::Segment& segment) {
  const Arrival* latest = acknowledged_syn(tcb, segment);
  const std::size_t kept = std::min(tcb.syn_count, ShadowTcb::kSynsKept);
  for (std::size_t i = 0; latest != nullptr && i < kept; ++i) {
    const Arrival& syn = tcb.syns[i];
    const bool same = syn.seq == latest->seq && syn.len == latest->len && syn.wnd == latest->wnd &&
                      syn.options == latest->options;
    if (!same && wire::after_up_to(syn.seq, segment.ack, syn.end())) return true;
  }
  return false;
}

/// Whether a SYN reached the stack since it sent its own the last time.
bool syn_came_again(const ShadowTcb& tcb) {
  if (tcb.syn_count == 0) return false;
  return tcb.syns[(tcb.syn_count - 1) % ShadowTcb::kSynsKept].event > tcb.syn_event;
}

SynKind syn_kind(const ShadowTcb& tcb, const StackFacts& facts, const wire::Segment& segment,
                 base::Instant at) {
  using enum tcp::State;
  if (!segment.ctl.has(Flag::Syn) || segment.ctl.has(Flag::Rst)) return SynKind::None;
  const bool same_number = tcb.snd.known && segment.seq == tcb.snd.iss;
  // What else was sent under these numbers is forgotten, unless all of it is over.
  if (!tcb.followed || !tcb.snd.known) {
    const bool forgotten = !tcb.followed && same_number && !tcb.ended;
    const bool unclear = forgotten || several_acknowledged_syns(tcb, segment);
    return unclear ? SynKind::Unclear : SynKind::First;
  }
  const tcp::States states = tcb.states(at, facts);
  const bool opening = states.has(SynSent) || states.has(SynReceived);
  const bool ended = states.has(Closed) || states.has(TimeWait);
  // A stack may choose the same number for the next connection too.
  const bool same_peer = !tcb.rcv.known || !segment.ctl.has(Flag::Ack) ||
                         wire::after_up_to(tcb.rcv.irs, segment.ack, tcb.rcv.arrived.next());
  const bool same_syn = opening && same_peer && tcb.snd.una == tcb.snd.iss && !tcb.ended;
  if (same_number && (same_syn || !ended)) {
    const bool another = states.has(Closed) && segment.ctl.has(Flag::Ack) && syn_came_again(tcb);
    return another ? SynKind::Unclear : SynKind::Repeat;
  }
  // MAY-2: a SYN may open a new connection straight from TIME-WAIT.
  return ended ? SynKind::Reopens : SynKind::Changed;
}

}  // namespace

Emission classify(const ShadowTcb& tcb, const StackFacts& facts, const wire::Packet& packet,
                  base::Instant at, std::size_t event) {
  Emission e{.packet = &packet, .at = at, .event = event};
  const wire::Segment& segment = packet.segment;
  e.syn = syn_kind(tcb, facts, segment, at);
  if (!tcb.followed || !tcb.snd.known || segment.ctl.has(Flag::Rst)) return e;
  if (e.syn != SynKind::None && e.syn != SynKind::Repeat) return e;
  e.repeats = segment.len() > 0 && !ahead(e.end(), tcb.snd.nxt);
  e.in_connection = tcb.rcv.known && !tcb.only(tcp::State::Closed);
  return e;
}

bool tells_nothing_new(const ShadowTcb& tcb, const Emission& e) {
  const wire::Segment& segment = e.segment();
  const ReceiveSide& rcv = tcb.rcv;
  if (!e.in_connection || !e.has(Flag::Ack) || e.has(Flag::Rst) || segment.len() > 0) return false;
  const bool up_to_date = rcv.acked && segment.ack == rcv.ack && segment.ack == rcv.arrived.next();
  return up_to_date && segment.seq == tcb.snd.nxt &&
         segment.ack + tcb.announced_window(segment.wnd, false) == rcv.edge_last;
}

bool is_challenge(const ShadowTcb& tcb, const Emission& e) {
  const std::optional<Owed> owed = tcb.answer.owed;
  const bool drawn =
      owed == Owed::AckOfReset || owed == Owed::AckOfSyn || owed == Owed::AckOfTooOld;
  return drawn && tcb.last_arrival == e.at && tells_nothing_new(tcb, e);
}

bool is_of_users_connection(const ShadowTcb& tcb, const Emission& emission) {
  const bool opens = tcb.active_open && emission.syn == SynKind::First && !emission.has(Flag::Ack);
  return (emission.in_connection || opens) && tcb.user_has_it();
}

bool any_acknowledged_syn(const ShadowTcb& tcb, const wire::Segment& segment,
                          bool (*holds)(const Arrival& syn)) {
  const std::size_t kept = std::min(tcb.syn_count, ShadowTcb::kSynsKept);
  if (tcb.syn_count > kept) return true;
  for (std::size_t i = 0; i < kept; ++i) {
    const Arrival& syn = tcb.syns[i];
    if (wire::after_up_to(syn.seq, segment.ack, syn.end()) && holds(syn)) return true;
  }
  return false;
}

const Arrival* acknowledged_syn(const ShadowTcb& tcb, const wire::Segment& segment) {
  if (!segment.ctl.has(Flag::Ack)) return nullptr;
  const std::size_t kept = std::min(tcb.syn_count, ShadowTcb::kSynsKept);
  for (std::size_t back = 0; back < kept; ++back) {
    const Arrival& syn = tcb.syns[(tcb.syn_count - 1 - back) % ShadowTcb::kSynsKept];
    if (wire::after_up_to(syn.seq, segment.ack, syn.end())) return &syn;
  }
  return nullptr;
}

}  // namespace tcprove::monitor
