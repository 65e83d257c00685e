#include "harness/monitor/emission.hpp"

#include <algorithm>

#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using wire::Flag;

SynKind syn_kind(const ShadowTcb& tcb, const StackFacts& facts, const wire::Segment& segment,
                 base::Instant at) {
  using enum tcp::State;
  if (!segment.ctl.has(Flag::Syn) || segment.ctl.has(Flag::Rst)) return SynKind::None;
  if (!tcb.snd.known) return SynKind::First;
  // One that comes again is no beginning from which the connection could be followed.
  if (!tcb.followed) return segment.seq == tcb.snd.iss ? SynKind::Repeat : SynKind::First;
  const tcp::States states = tcb.states(at, facts);
  const bool opening = states.has(SynSent) || states.has(SynReceived);
  const bool ended = states.has(Closed) || states.has(TimeWait);
  // A stack may choose the same number for the next connection too.
  const Arrival* peers = acknowledged_syn(tcb, segment);
  const bool same_peer = !tcb.rcv.known || peers == nullptr || peers->seq == tcb.rcv.irs;
  const bool same_syn = opening && same_peer && tcb.snd.una == tcb.snd.iss;
  if (segment.seq == tcb.snd.iss && (same_syn || !ended)) return SynKind::Repeat;
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
