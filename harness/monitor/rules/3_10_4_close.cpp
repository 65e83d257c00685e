#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::State;

Verdict close_sends_fin(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::Fin);
  if (!scene.overdue(duty)) return {};
  return Complaint{"CLOSE sent no FIN although all data was sent before and the window is open",
                   duty.event};
}

Verdict fin_follows_data(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !scene.facts.user_seen || !tcb.user.reads_known) return {};
  if (!e.in_connection || !e.has(wire::Flag::Fin) || tcb.snd.fin) return {};
  const wire::SeqNum fin = e.end() - 1;
  if (!ahead(tcb.handed_over_end(), fin)) return {};
  return Complaint{fmt::format("its FIN is at {}; the user's data ends before {}",
                               words_of_stack_number(scene, fin),
                               words_of_stack_number(scene, tcb.handed_over_end()))};
}

Verdict close_succeeds(const Scene& scene) {
  const trace::Event& event = *scene.event;
  const ShadowTcb& tcb = scene.tcb;
  if (event.call != CallKind::Close && event.call != CallKind::Shutdown) return {};
  const bool first = scene.facts.complete && tcb.followed && tcb.user_has_it() &&
                     tcb.user.closes == 1 && !tcb.user.aborted && tcb.only(State::Established);
  if (!first || event.status == CallStatus::Ok || event.status == CallStatus::Unsupported) {
    return {};
  }
  if (tcb.states(scene.now, scene.facts).has(State::Closed)) return {};
  return Complaint{fmt::format("CLOSE of an open connection answers {}", to_string(event.status))};
}

constexpr Rule kRules[] = {
    {"fin-follows-the-data", "3.6-close-sends-queued-data", Must, "3.6", Emits, fin_follows_data,
     "The FIN stands behind all data that the user handed over."},
    {"close-sends-fin", "3.6-close-sends-queued-data", Must, "3.6", Overdue, close_sends_fin,
     "CLOSE sends a FIN at once where all data is sent and the window open."},
    {"close-succeeds", "3.10.4-close-in-open-states-succeeds", Must, "3.10.4", Answers,
     close_succeeds, "CLOSE of an open connection succeeds."},
};

}  // namespace

std::span<const Rule> section_3_10_4_close() { return kRules; }

}  // namespace tcprove::monitor::rules
