#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

Verdict syn_ack_acknowledges_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || e.syn == SynKind::None || !e.has(Flag::Ack)) return {};
  // One that is sent again may acknowledge data besides: ack_not_beyond() judges that.
  if ((e.syn == SynKind::Repeat && tcb.rcv.known) || e.syn == SynKind::Unclear) return {};
  if (tcb.syn_count > ShadowTcb::kSynsKept || acknowledged_syn(tcb, e.segment())) return {};
  return Complaint{
      fmt::format("its ACK {} is not one past the sequence number of any SYN that "
                  "reached the stack",
                  e.segment().ack.raw())};
}

Verdict syn_draws_syn_ack(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::SynAck);
  if (!scene.overdue(duty)) return {};
  return Complaint{"nothing answered the SYN although somebody listens", duty.event};
}

constexpr Rule kRules[] = {
    {"syn-ack-acknowledges-a-syn", "3.5-three-way-handshake", Must, "3.5", EmitsSyn,
     syn_ack_acknowledges_syn, "The ACK on a SYN is one past the peer's SYN."},
    {"syn-in-listen-draws-syn-ack", "3.10.7.2-syn-draws-syn-ack", Must, "3.10.7.2", Overdue,
     syn_draws_syn_ack, "A SYN for a port that somebody listens on draws a SYN,ACK."},
};

}  // namespace

std::span<const Rule> section_3_5_handshake() { return kRules; }

}  // namespace tcprove::monitor::rules
