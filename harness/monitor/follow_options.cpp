#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::monitor {
namespace {

using wire::Flag;

/// AE, the lowest of the reserved bits (RFC 9768 section 3.1.1).
constexpr std::uint8_t kAccurateEcnBit = 1;

void note_own_syn(ShadowTcb& tcb, const Emission& e) {
  const bool ece = e.has(Flag::Ece);
  const bool cwr = e.has(Flag::Cwr);
  const bool ae = (e.segment().reserved & kAccurateEcnBit) != 0;
  ShadowEcn& ecn = tcb.ecn;
  if (e.has(Flag::Ack)) {
    ecn.own_grants = ece && !cwr && !ae;
    ecn.own_declines = ecn.own_declines || !ecn.own_grants;
    ecn.accurate = ecn.accurate || cwr || ae;
  } else {
    ecn.own_asks = ecn.own_asks || (ece && cwr);
    ecn.own_declines = ecn.own_declines || !(ece && cwr);
    ecn.accurate = ecn.accurate || ae;
  }
}

}  // namespace

bool may_be_accurate_ecn(const ShadowTcb& tcb, const Emission& e, const StackFacts& facts) {
  if (e.segment().reserved != kAccurateEcnBit) return false;
  if (!facts.complete) return true;
  const bool asks = e.has(Flag::Ece) && e.has(Flag::Cwr);
  return tcb.ecn.accurate || (e.has(Flag::Syn) && (asks || e.has(Flag::Ack)));
}

void follow_peer_syn(ShadowTcb& tcb, const Arrival& syn) {
  // A SYN,ACK may be marked (RFC 5562), and what a SYN does not call for it may bring about.
  if (syn.ecn == kCongestionExperienced) tcb.ecn.marked = tcb.ecn.marked_inside = true;
  const bool ece = syn.has(Flag::Ece);
  const bool cwr = syn.has(Flag::Cwr);
  if (syn.has(Flag::Ack)) {
    tcb.ecn.peer_grants = ece && !cwr;
    tcb.ecn.accurate = tcb.ecn.accurate || (tcb.ecn.own_asks && cwr);
  } else {
    tcb.ecn.peer_asks = tcb.ecn.peer_asks || (ece && cwr);
  }
}

void follow_own_options(ShadowTcb& tcb, const Emission& e) {
  tcb.sack.unanswered = 0;
  if (e.has(Flag::Syn)) note_own_syn(tcb, e);
  const wire::SeqNum ack = e.segment().ack;
  auto& told = tcb.sack.told_up_to;
  if (e.has(Flag::Ack) && told && !ahead(*told, ack)) told = std::nullopt;
  if (e.segment().options.empty()) return;
  const auto sack = wire::find_option<wire::Sack>(e.segment().options);
  if (sack && sack->count > 0 && ahead(sack->blocks[0].left, ack)) {
    tcb.sack.first = sack->blocks[0];
  }
  for (std::size_t i = 0; sack && i < sack->count; ++i) {
    const wire::SeqNum right = sack->blocks.at(i).right;
    if (ahead(right, ack)) told = told ? further(*told, right) : right;
  }
}

}  // namespace tcprove::monitor
