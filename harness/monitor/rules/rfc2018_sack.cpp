#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

Verdict sack_permitted_on_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.has(wire::Flag::Syn)) return {};
  if (!wire::find_option<wire::SackPermitted>(e.segment().options)) return {};
  return Complaint{"it carries SACK-permitted and no SYN"};
}

Verdict sack_where_permitted(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!scene.facts.complete || !e.in_connection) return {};
  if (scene.tcb.rcv.options.sack_permitted) return {};
  if (!wire::find_option<wire::Sack>(e.segment().options)) return {};
  return Complaint{"it carries SACK blocks, and the peer's SYN did not permit them"};
}

/// A stack that sends SACK blocks at all, on the ACK that what lies beyond a gap draws.
Verdict sack_sent(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const Duty& gap = tcb.duties.of(Owed::AckOfOutOfOrder);
  const bool judged = scene.facts.sack && scene.facts.complete && scene.facts.virtual_clock &&
                      e.in_connection && e.has(wire::Flag::Ack) && e.segment().len() == 0;
  if (!judged || !gap.owed || gap.since != scene.now || e.segment().ack != tcb.rcv.nxt) return {};
  if (!tcb.snd.options.sack_permitted || !tcb.rcv.options.sack_permitted) return {};
  if (peer_mss(tcb) < kLeastMssJudged) return {};  // There may be no room.
  if (tcb.fin_possibly_received() || wire::find_option<wire::Sack>(e.segment().options)) return {};
  return Complaint{"both SYNs permitted SACK, and it tells of nothing beyond the gap"};
}

constexpr Rule kRules[] = {
    {"sack-permitted-only-on-syn", "RFC2018-1", Must, "2", EmitsOptions, sack_permitted_on_syn,
     "SACK-permitted is sent on SYNs only."},
    {"sack-only-where-permitted", "RFC2018-2", Must, "4", EmitsOptions, sack_where_permitted,
     "SACK blocks are sent only if the peer's SYN permitted them."},
    {"sack-is-sent", "RFC2018-3", Should, "4", Emits, sack_sent,
     "Where SACK is agreed on, the ACK at a gap has blocks.", &StackFacts::sack},
};

}  // namespace

std::span<const Rule> rfc2018_sack() { return kRules; }

}  // namespace tcprove::monitor::rules
