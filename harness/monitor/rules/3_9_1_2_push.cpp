#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

/// No SEND in a trace has a PUSH flag of its own. A FIN is as good as one (section 3.9.1.2).
Verdict pushed(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const bool judged = e.in_connection && scene.facts.complete && scene.facts.user_seen &&
                      tcb.user_has_it() && !e.segment().payload.empty() && !e.has(Flag::Syn) &&
                      ahead(e.data_end(), tcb.snd.nxt);
  // An octet by the timer may probe a window.
  const bool probe = e.segment().payload.size() == 1 && e.at > tcb.last_stimulus;
  if (!judged || e.has(Flag::Psh) || e.has(Flag::Fin) || probe) return {};
  if (e.data_end() != tcb.handed_over_end()) return {};
  return Complaint{"it empties the send queue, and has no PSH"};
}

constexpr Rule kRules[] = {
    {"last-segment-is-pushed", "MUST-61", Must, "3.9.1.2", EmitsText, pushed,
     "The segment that empties the send queue has PSH."},
};

}  // namespace

std::span<const Rule> section_3_9_1_2_push() { return kRules; }

}  // namespace tcprove::monitor::rules
