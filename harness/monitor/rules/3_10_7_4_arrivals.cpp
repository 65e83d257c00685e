#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;
using wire::SeqNum;

namespace {

std::string words_of(const tcp::States& possible) {
  std::string names;
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
    const auto state = static_cast<tcp::State>(i);
    if (possible.has(state)) names += (names.empty() ? "" : " or ") + std::string(to_string(state));
  }
  return names;
}

Verdict unacceptable_draws_ack(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfUnacceptable);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a segment outside the window drew no ACK", duty.event};
}

/// What lies in the window in part may be taken whole.
Verdict outside_not_taken(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Emission& e = *scene.emission;
  const Arrival* last = tcb.arrival(0);
  const bool judged = e.in_connection && scene.facts.complete && e.has(Flag::Ack) &&
                      !e.has(Flag::Syn) && last != nullptr && last->at == scene.now &&
                      last->plain && last->payload > 0 && !last->has(Flag::Syn);
  if (!judged || last->seq != tcb.rcv.nxt || !tcb.surely_unacceptable(*last)) return {};
  if (!ahead(e.segment().ack, tcb.rcv.nxt)) return {};
  return Complaint{fmt::format("it acknowledges {}, and the window ended at {}",
                               words_of_peer_number(scene, e.segment().ack),
                               words_of_peer_number(scene, tcb.rcv.edge))};
}

/// <ACK=RCV.NXT>. A retransmission may be the very same packet as before (section 3.8.1, MAY-4).
Verdict ack_is_rcv_nxt(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ReceiveSide& rcv = scene.tcb.rcv;
  const bool judged = e.in_connection && scene.facts.complete && scene.facts.virtual_clock;
  if (!judged || e.repeats || !e.has(Flag::Ack) || e.has(Flag::Syn)) return {};
  // Data may be sent when the ACK is processed (fifth), before the text is (seventh).
  const bool before_text = !e.segment().payload.empty() && scene.tcb.answers_arrival &&
                           scene.tcb.last_stimulus == scene.now;
  if (!ahead(before_text ? rcv.nxt_before : rcv.nxt, e.segment().ack)) return {};
  if (rcv.acked && ahead(rcv.ack, e.segment().ack)) return {};  // ack_not_backwards() tells.
  return Complaint{fmt::format("it acknowledges {}, and the stack received all before {}",
                               words_of_peer_number(scene, e.segment().ack),
                               words_of_peer_number(scene, rcv.nxt))};
}

Verdict delivered_in_order(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool received = scene.event->call == tcp::CallKind::Receive &&
                        scene.event->status == tcp::CallStatus::Ok && !scene.octets.empty();
  if (!received || !scene.facts.complete || !tcb.followed || !tcb.rcv.known) return {};
  if (!tcb.user.reads_known || tcb.rcv.contested) return {};
  const SeqNum begin = tcb.rcv.irs + 1 + tcb.user.read;
  const SeqNum end = begin + static_cast<wire::SeqLen>(scene.octets.size());
  const bool past_fin = tcb.fin_possibly_received() && ahead(end, *tcb.rcv.fin);
  if (ahead(end, tcb.rcv.arrived.next()) || past_fin) {
    return Complaint{fmt::format(
        "the user got octets up to {}, and those before {} reached the stack",
        words_of_peer_number(scene, end), words_of_peer_number(scene, tcb.rcv.arrived.next()))};
  }
  if (tcb.rcv.octets.holds(begin, scene.octets)) return {};
  return Complaint{fmt::format("the user got other octets from {} on than the peer sent",
                               words_of_peer_number(scene, begin))};
}

Verdict state_follows_events(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const tcp::State said =
      scene.event->state == tcp::State::Listen ? tcp::State::Closed : scene.event->state;
  if (!scene.facts.complete || !tcb.followed || !tcb.snd.known || !tcb.rcv.known) return {};
  const tcp::States possible = tcb.states(scene.now, scene.facts);
  if (possible.empty() || possible.has(said)) return {};
  for (const Rule& other : rules_of(SaysState)) {  // Rules of their own tell why.
    if (other.check != state_follows_events && other.check(scene)) return {};
  }
  return Complaint{fmt::format("the stack is in {}; what it saw leads to {}", to_string(said),
                               words_of(possible))};
}

/// The stack stays in a state that an event since has led it out of.
Verdict state_moves_with_events(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool told = scene.facts.complete && scene.facts.virtual_clock && scene.state_is_current &&
                    tcb.said && !tcb.said_since_stimulus;
  if (!told || !tcb.snd.known || !tcb.rcv.known) return {};
  const tcp::States possible = tcb.states(scene.now, scene.facts);
  const tcp::State said = *tcb.said == tcp::State::Listen ? tcp::State::Closed : *tcb.said;
  if (possible.empty() || possible.has(said)) return {};
  return Complaint{fmt::format("the stack stays in {}; what it saw leads to {}", to_string(said),
                               words_of(possible))};
}

constexpr Rule kRules[] = {
    {"text-outside-is-not-taken", "3.10.7.4-unacceptable-draws-ack", Must, "3.10.7.4", Emits,
     outside_not_taken, "Text that lies outside the window is not acknowledged."},
    {"ack-is-rcv-nxt", "3.10.7.4-data-acknowledged", Must, "3.10.7.4", Emits, ack_is_rcv_nxt,
     "An ACK covers all that was received in order."},
    {"unacceptable-segment-draws-ack", "3.10.7.4-unacceptable-draws-ack", Must, "3.10.7.4", Overdue,
     unacceptable_draws_ack, "A segment outside the window draws an ACK, unless it is a RST."},
    {"state-moves-with-events", "3.3.2-state-follows-events", Must, "3.3.2", Quiet,
     state_moves_with_events,
     "The stack leaves the states that segments and calls lead it out of."},
    {"delivery-is-in-order", "3.10.7.4-data-delivered-in-order", Must, "3.10.7.4", Answers,
     delivered_in_order,
     "The user gets each octet that reached the stack once, in order and unchanged."},
    {"state-follows-events", "3.3.2-state-follows-events", Must, "3.3.2", SaysState,
     state_follows_events, "The stack is in the state that segments and calls led it to."},
};

}  // namespace

std::span<const Rule> section_3_10_7_4_arrivals() { return kRules; }

}  // namespace tcprove::monitor::rules
