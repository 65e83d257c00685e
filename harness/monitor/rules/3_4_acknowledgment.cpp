#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

Verdict ack_not_beyond(const Scene& scene) {
  const Emission& e = *scene.emission;
  const wire::SeqNum received = scene.tcb.rcv.arrived.next();
  if (!scene.facts.complete || !e.in_connection || !e.has(Flag::Ack)) return {};
  if (!ahead(e.segment().ack, received)) return {};
  if (scene.tcb.stamps.reached_by_old(e.segment().ack)) return {};  // PAWS: a rule of its own.
  return Complaint{fmt::format("it acknowledges {}, and what reached the stack in order ends at {}",
                               words_of_peer_number(scene, e.segment().ack),
                               words_of_peer_number(scene, received))};
}

/// A retransmission may be the very same packet as before, old ACK and all (section 3.8.1, MAY-4).
Verdict ack_not_backwards(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ReceiveSide& rcv = scene.tcb.rcv;
  if (!scene.facts.complete || !e.in_connection || e.repeats || !e.has(Flag::Ack) || !rcv.acked)
    return {};
  if (!ahead(rcv.ack, e.segment().ack)) return {};
  return Complaint{fmt::format("it acknowledges {} after {} was acknowledged",
                               words_of_peer_number(scene, e.segment().ack),
                               words_of_peer_number(scene, rcv.ack))};
}

constexpr Rule kRules[] = {
    {"ack-not-beyond-received", "3.4-ack-is-cumulative", Must, "3.4", Emits, ack_not_beyond,
     "No ACK covers what did not reach the stack in order."},
    {"ack-never-goes-back", "3.4-ack-is-cumulative", Must, "3.4", Emits, ack_not_backwards,
     "No ACK falls behind one sent before, but on a retransmission."},
};

}  // namespace

std::span<const Rule> section_3_4_acknowledgment() { return kRules; }

}  // namespace tcprove::monitor::rules
