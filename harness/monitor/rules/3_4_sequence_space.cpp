#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

/// SYN and FIN count one, an octet one and a pure ACK none: no number is ever left out.
Verdict no_gap(const Scene& scene) {
  const Emission& e = *scene.emission;
  const SendSide& snd = scene.tcb.snd;
  if (!scene.facts.complete || !e.in_connection || e.has(Flag::Syn) ||
      !ahead(e.segment().seq, snd.nxt))
    return {};
  return Complaint{fmt::format("it begins at {} although {} was the next number",
                               words_of_stack_number(scene, e.segment().seq),
                               words_of_stack_number(scene, snd.nxt))};
}

/// What is acknowledged leaves the retransmission queue. An octet before SND.UNA may be sent again
/// to probe a window or an idle peer (sections 3.8.4 and 3.8.6.1).
Verdict nothing_acknowledged_again(const Scene& scene) {
  const Emission& e = *scene.emission;
  const SendSide& snd = scene.tcb.snd;
  if (!scene.facts.complete || !e.in_connection || !e.repeats || ahead(e.end(), snd.una)) return {};
  const bool probe = !e.has(Flag::Syn) && !e.has(Flag::Fin) && e.segment().payload.size() == 1;
  if (probe) return {};
  return Complaint{fmt::format("it repeats numbers before {}, which are acknowledged",
                               words_of_stack_number(scene, snd.una))};
}

Verdict iss_kept(const Scene& scene) {
  if (!scene.facts.complete || scene.emission->syn != SynKind::Changed) return {};
  return Complaint{fmt::format("the SYN's number moved by {} while the connection lasts",
                               wire::distance(scene.tcb.snd.iss, scene.emission->segment().seq))};
}

constexpr Rule kRules[] = {
    {"no-number-is-left-out", "3.4-no-number-is-left-out", Must, "3.4", Emits, no_gap,
     "No segment begins past SND.NXT: SYN and FIN count one, an octet one, a pure ACK none."},
    {"iss-is-kept", "3.4.1-iss-is-kept", Must, "3.4.1", EmitsSyn, iss_kept,
     "A SYN that is sent again has the same sequence number."},
    {"acknowledged-is-not-repeated", "3.10.7.4-ack-removes-from-queue", Must, "3.10.7.4",
     EmitsAgain, nothing_acknowledged_again, "What the peer has acknowledged is not sent again."},
};

}  // namespace

std::span<const Rule> section_3_4_sequence_space() { return kRules; }

}  // namespace tcprove::monitor::rules
