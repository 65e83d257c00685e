#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

Verdict nothing_after_fin(const Scene& scene) {
  const Emission& e = *scene.emission;
  const SendSide& snd = scene.tcb.snd;
  if (!e.in_connection || !snd.fin || e.segment().len() == 0) return {};
  const wire::SeqNum fin = *snd.fin;
  const bool data_past = !e.segment().payload.empty() && ahead(e.data_end(), fin);
  const bool other_fin = e.has(Flag::Fin) && e.end() - 1 != fin;
  if (!data_past && !other_fin) return {};
  return Complaint{
      fmt::format("its {} reaches {}, and the FIN was at {}", data_past ? "data" : "FIN",
                  words_of_stack_number(scene, e.end() - 1), words_of_stack_number(scene, fin))};
}

Verdict fin_after_close(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!scene.facts.complete || !scene.facts.user_seen) return {};
  if (!e.in_connection || !e.has(Flag::Fin)) return {};
  if (scene.tcb.user.shut || scene.tcb.user.aborted) return {};
  return Complaint{"it carries a FIN although the user did not close"};
}

Verdict fin_retransmitted(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Duty& duty = tcb.duties.of(Owed::Retransmission);
  if (!scene.overdue(duty) || !tcb.snd.fin || *tcb.snd.fin != duty.number) return {};
  if (tcb.user.sets_timeout) return {};  // It may have been over before.
  return Complaint{
      fmt::format("the FIN was not sent again within {}", base::to_string(duty.due - duty.since)),
      duty.event};
}

Verdict end_of_stream_after_fin(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !tcb.user.reads_known) return {};
  if (!tcb.surely_synchronized(scene.now, scene.facts)) return {};
  if (scene.event->status != tcp::CallStatus::EndOfStream || tcb.fin_possibly_received()) return {};
  return Complaint{"the user is told that the peer closed, and no FIN reached the stack in order"};
}

constexpr Rule kRules[] = {
    {"nothing-follows-the-fin", "3.6-nothing-follows-the-fin", Must, "3.6", Emits,
     nothing_after_fin, "No data is sent past the FIN, and the FIN keeps its number."},
    {"fin-needs-a-close", "3.6-fin-needs-a-close", Must, "3.6", Emits, fin_after_close,
     "A FIN is sent when the user has closed and not before."},
    {"fin-is-sent-again", "3.6-fin-retransmitted", Must, "3.6", Overdue, fin_retransmitted,
     "A FIN is sent again until it is acknowledged."},
    {"end-of-stream-needs-a-fin", "MUST-12", Must, "3.6", Answers, end_of_stream_after_fin,
     "The user is told that the peer closed only after its FIN."},
};

}  // namespace

std::span<const Rule> section_3_6_close() { return kRules; }

}  // namespace tcprove::monitor::rules
