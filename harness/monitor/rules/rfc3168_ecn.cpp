#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

/// The ECN field of the IP header: 0 is not-ECT.
unsigned ecn_field(const Emission& e) { return e.packet->traffic_class & 3U; }

bool answers_ecn_setup_syn(const ShadowTcb& tcb, const wire::Segment& segment) {
  const std::size_t kept = std::min(tcb.syn_count, ShadowTcb::kSynsKept);
  bool known = false;
  if (tcb.syn_count > kept) return true;  // One that is not kept may have been.
  for (std::size_t i = 0; i < kept; ++i) {
    const Arrival& syn = tcb.syns.at(i);
    if (!wire::after_up_to(syn.seq, segment.ack, syn.end())) continue;
    known = true;
    if (syn.has(Flag::Ece) && syn.has(Flag::Cwr)) return true;
  }
  return !known;
}

Verdict ecn_setup_answers_ecn_setup(const Scene& scene) {
  const Emission& e = *scene.emission;
  const bool sets_up =
      e.has(Flag::Syn) && e.has(Flag::Ack) && e.has(Flag::Ece) && !e.has(Flag::Cwr);
  if (!scene.facts.complete || !sets_up || e.segment().reserved != 0) return {};
  if (answers_ecn_setup_syn(scene.tcb, e.segment())) return {};
  return Complaint{"the SYN,ACK has ECE, and the SYN did not have both ECE and CWR"};
}

/// The first answer: a later one may do without, as its loss may be why there is one (RFC 5562).
Verdict ecn_is_granted(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const bool answers = scene.facts.ecn && scene.facts.complete && e.syn == SynKind::First &&
                       e.has(Flag::Ack) && !tcb.active_open && tcb.syn_count == 1;
  if (!answers || e.has(Flag::Ece)) return {};
  const Arrival& syn = tcb.syns.front();
  if (!syn.plain || !syn.has(Flag::Ece) || !syn.has(Flag::Cwr) || syn.ecn != 0) return {};
  return Complaint{"the SYN asks for ECN, and the SYN,ACK does not grant it"};
}

Verdict no_ect_on_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!e.has(Flag::Syn) || ecn_field(e) == 0 || e.segment().reserved != 0) return {};
  return Complaint{fmt::format("its ECN field is {}, and it is a SYN", ecn_field(e))};
}

Verdict ect_after_setup(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowEcn& ecn = scene.tcb.ecn;
  if (!e.in_connection || !scene.facts.complete || e.has(Flag::Syn)) return {};
  if (ecn_field(e) == 0 || ecn.agreed() || ecn.accurate) return {};
  return Complaint{
      fmt::format("its ECN field is {}, and the SYNs did not agree on ECN", ecn_field(e))};
}

Verdict no_ect_on_acks_and_repeats(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowEcn& ecn = scene.tcb.ecn;
  if (!e.in_connection || e.has(Flag::Syn) || ecn_field(e) == 0) return {};
  if (!ecn.agreed() || ecn.accurate) return {};  // Without: ect_after_setup().
  // In a capture what was overtaken on the way seems to be sent again.
  const bool probe = scene.facts.complete && is_window_probe(scene.tcb, e);
  const bool repeats = scene.facts.complete && e.repeats;
  if (!e.segment().payload.empty() && !repeats && !probe) return {};
  const std::string_view what = probe ? "a window probe" : repeats ? "sent again" : "a pure ACK";
  return Complaint{fmt::format("its ECN field is {}, and it is {}", ecn_field(e), what)};
}

constexpr Rule kRules[] = {
    {"ecn-setup-answers-ecn-setup", "RFC3168-1", Must, "6.1.1", EmitsSyn,
     ecn_setup_answers_ecn_setup, "A SYN,ACK has ECE and not CWR only where the SYN has both."},
    {"ecn-is-granted", "SHLD-8", Should, "3.8.2", EmitsSyn, ecn_is_granted,
     "A SYN that asks for ECN is granted it.", &StackFacts::ecn},
    {"no-ect-on-syn", "RFC3168-2", Must, "6.1.1", EmitsSyn, no_ect_on_syn,
     "A SYN, or SYN,ACK, is not sent as ECN-capable."},
    {"ect-only-after-ecn-setup", "RFC3168-3", Must, "6.1.1", Emits, ect_after_setup,
     "A packet is sent as ECN-capable only if both SYNs set ECN up."},
    {"no-ect-on-acks-and-repeats", "RFC3168-6", Must, "6.1.4", Emits, no_ect_on_acks_and_repeats,
     "Pure ACKs, retransmissions and window probes are not sent as ECN-capable."},
};

}  // namespace

std::span<const Rule> rfc3168_ecn() { return kRules; }

}  // namespace tcprove::monitor::rules
