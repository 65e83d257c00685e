#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

Verdict listen_draws_reset(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::ResetInListen);
  if (!scene.overdue(duty)) return {};
  return Complaint{"an ACK in LISTEN drew no RST", duty.event};
}

/// Fourth: neither RST nor ACK nor SYN. Of a RST other rules tell.
Verdict listen_drops_others(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool dropped = scene.facts.complete && tcb.followed &&
                       tcb.answer.silent == tcp::State::Listen && tcb.last_arrival == scene.now;
  if (!dropped || tcb.arrival(0)->has(Flag::Rst)) return {};
  return Complaint{"it answers a segment without RST, ACK and SYN in LISTEN"};
}

constexpr Rule kRules[] = {
    {"listen-drops-other-segments", "3.10.7.2-other-segment-dropped", Must, "3.10.7.2", Emits,
     listen_drops_others, "LISTEN answers nothing that is neither RST nor ACK nor SYN."},
    {"ack-in-listen-draws-reset", "3.10.7.2-ack-draws-reset", Must, "3.10.7.2", Overdue,
     listen_draws_reset, "An ACK in LISTEN draws a RST."},
};

}  // namespace

std::span<const Rule> section_3_10_7_2_listen() { return kRules; }

}  // namespace tcprove::monitor::rules
