// RFC 3168 sections 6.1.2 and 6.1.3: ECE for a mark until CWR comes, CWR for a reduced window.

#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/flight_bound.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

/// Whether the two bits of the segment mean what RFC 3168 says, and the trace tells why.
bool is_judged(const Scene& scene) {
  const Emission& e = *scene.emission;
  return e.in_connection && scene.facts.complete && scene.tcb.ecn.classic() && !e.has(Flag::Syn) &&
         !e.has(Flag::Rst);
}

/// What is left of a connection in TIME-WAIT need not remember.
Verdict marks_are_echoed(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowEcn& ecn = scene.tcb.ecn;
  if (!ecn.mark_end || !is_judged(scene) || !e.has(Flag::Ack) || e.has(Flag::Ece)) return {};
  if (ahead(*ecn.mark_end, e.segment().ack)) return {};
  if (scene.tcb.states(scene.now, scene.facts).has(tcp::State::TimeWait)) return {};
  return Complaint{fmt::format("it has no ECE, and what came up to {} was marked",
                               words_of_peer_number(scene, *ecn.mark_end))};
}

/// The ACK of the segment with CWR may also be of a marked one before it.
Verdict echo_ends_with_cwr(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowEcn& ecn = scene.tcb.ecn;
  if (!e.has(Flag::Ece) || ecn.marked || !is_judged(scene)) return {};
  if (ecn.cwr_end && !ahead(e.segment().ack, *ecn.cwr_end)) return {};
  return Complaint{ecn.cwr_end ? "it has ECE, and nothing marked has come since CWR"
                               : "it has ECE, and nothing marked has come"};
}

/// Section 6.1.5.
Verdict mark_outside(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowEcn& ecn = scene.tcb.ecn;
  if (!e.has(Flag::Ece) || !ecn.marked || ecn.marked_inside || !is_judged(scene)) return {};
  if (ecn.cwr_end && !ahead(e.segment().ack, *ecn.cwr_end)) return {};
  return Complaint{"it has ECE, and nothing was marked but what lay outside the window"};
}

Verdict cwr_follows_echo(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!tcb.ecn.cwr_due || !is_judged(scene) || !scene.facts.virtual_clock) return {};
  const bool fresh = !e.segment().payload.empty() && e.data_begin() == tcb.snd.nxt;
  if (!fresh || e.has(Flag::Cwr) || is_window_probe(tcb, e)) return {};
  return Complaint{"it is the first new data after ECE, and has no CWR"};
}

Verdict cwr_on_new_data_only(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!e.has(Flag::Cwr) || !is_judged(scene)) return {};
  const bool probe = is_window_probe(scene.tcb, e);
  if (!e.segment().payload.empty() && !e.repeats && !probe) return {};
  return Complaint{fmt::format("it has CWR, and is {}", probe       ? "a window probe"
                                                        : e.repeats ? "sent again"
                                                                    : "a pure ACK")};
}

Verdict echo_reduces_window(const Scene& scene) {
  const std::optional<ShadowReduction>& reduced = scene.tcb.ecn.reduced;
  if (!reduced || !is_judged(scene) || !scene.facts.virtual_clock) return {};
  return flight_after_reduction(scene, reduced, scene.tcb.flight.grown - reduced->grown,
                                "cwnd after ECE");
}

constexpr Rule kRules[] = {
    {"marks-are-echoed-until-cwr", "RFC3168-4", Must, "6.1.3", Emits, marks_are_echoed,
     "Where ECN was set up, every ACK has ECE after a mark until CWR comes."},
    {"echo-ends-with-cwr", "RFC3168-4", Must, "6.1.3", Emits, echo_ends_with_cwr,
     "No ACK has ECE where nothing marked has come, or none since CWR."},
    {"mark-outside-is-ignored", "RFC3168-7", Should, "6.1.5", Emits, mark_outside,
     "A mark on a segment outside the window draws no ECE."},
    {"cwr-follows-echo", "RFC3168-5", Should, "6.1.2", EmitsText, cwr_follows_echo,
     "The first new data after ECE has CWR."},
    {"cwr-only-on-new-data", "RFC3168-5", Should, "6.1.2", Emits, cwr_on_new_data_only,
     "Neither pure ACKs nor retransmissions nor window probes have CWR."},
    {"echo-reduces-the-window", "RFC3168-5", Should, "6.1.2", EmitsText, echo_reduces_window,
     "After ECE less is in flight than before."},
};

}  // namespace

std::span<const Rule> rfc3168_marks() { return kRules; }

}  // namespace tcprove::monitor::rules
