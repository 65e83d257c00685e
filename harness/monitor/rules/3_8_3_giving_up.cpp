#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// R2 for a SYN: at least three minutes. SYN,ACK is not judged: whether it counts is not said.
Verdict syn_not_given_up(const Scene& scene) {
  constexpr base::Duration kLeastR2 = std::chrono::minutes(3);
  const ShadowTcb& tcb = scene.tcb;
  const FrontOfQueue& front = tcb.front;
  if (!scene.facts.complete || !tcb.followed || !tcb.active_open || !tcb.snd.known) return {};
  if (scene.event->state != tcp::State::Closed || !tcb.may_be(tcp::State::SynSent)) return {};
  // What arrived, or a call, may have ended it.
  const Arrival* last = tcb.arrival(0);
  const bool other_cause = (last != nullptr && last->at >= front.first) || tcb.reset_arrived ||
                           tcb.user.shut || tcb.user.aborted || tcb.user.sets_timeout;
  if (other_cause) return {};
  if (front.sent == 0 || scene.now - front.first >= kLeastR2) return {};
  return Complaint{fmt::format("the stack had given up its SYN, sent {1} times, after {0}",
                               base::to_string(scene.now - front.first), front.sent)};
}

/// R2 for data. The stack's own word is enough here: by it the connection is gone.
Verdict data_not_given_up(const Scene& scene) {
  constexpr base::Duration kLeastR2 = std::chrono::seconds(100);
  const ShadowTcb& tcb = scene.tcb;
  const SendSide& snd = tcb.snd;
  if (!scene.facts.complete || !tcb.followed || !snd.known || !tcb.rcv.known) return {};
  if (scene.event->state != tcp::State::Closed || !tcb.may_be(tcp::State::Established)) return {};
  // What arrived, or the user, may have ended it.
  const bool other_cause = tcb.ended_by_arrival || tcb.reset_arrived || tcb.reset_emitted ||
                           tcb.user.shut || tcb.user.aborted || tcb.user.sets_timeout ||
                           scene.now == tcb.last_arrival || tcb.fin_possibly_received();
  const base::Duration tried = scene.now - tcb.timers.busy_since;
  const bool only_syn = snd.nxt == snd.iss + 1;  // The handshake may not be over.
  if (other_cause || only_syn || snd.una == snd.nxt || tried >= kLeastR2) return {};
  if (tcb.probing.closed_since) return {};  // Another timer: probed_connection_stays_open().
  return Complaint{fmt::format("the connection ended {} after data was sent; R2 is at least 100s",
                               base::to_string(tried))};
}

/// R2 is a number of retransmissions, or the time for them, that a stack chooses; without being
/// asked for more none in use takes a third of this. Probes of a closed window never end.
Verdict retransmission_ends(const Scene& scene) {
  constexpr unsigned kTransmissionsMax = 50;
  const ShadowTcb& tcb = scene.tcb;
  const Emission& e = *scene.emission;
  const bool again = scene.facts.complete && tcb.followed && e.repeats && tcb.snd.known &&
                     e.segment().seq == tcb.front.seq && tcb.front.sent >= kTransmissionsMax;
  const bool open = tcb.snd.edge_now && ahead(*tcb.snd.edge_now, tcb.front.seq);
  if (tcb.user.sets_timeout) return {};
  if (!again || (e.syn == SynKind::None && !open)) return {};
  return Complaint{fmt::format("it is sent for the {}th time", tcb.front.sent + 1)};
}

/// R2 may be looked at when the retransmission timer fires, which backs off by no more than a
/// doubling and has a bound of its own.
Verdict user_timeout_ends(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Emission& e = *scene.emission;
  const ShadowSettings& settings = tcb.settings;
  const bool again = scene.facts.complete && e.in_connection && e.repeats && tcb.user_has_it() &&
                     settings.user_timeout && e.segment().seq == tcb.front.seq &&
                     tcb.front.sent > 0 && tcb.snd.una == tcb.snd.una_possible;
  if (!again || tcb.window_may_be_closed() || tcb.last_arrival > tcb.front.first) return {};
  const base::Duration tried = scene.now - std::max(tcb.front.first, settings.user_timeout_since);
  if (tried <= 2 * *settings.user_timeout + kFirstRetransmissionMax + 5 * tcb.snd.rtt_max) {
    return {};
  }
  return Complaint{
      fmt::format("it is sent again {} after the first time, and the user timeout is "
                  "{}",
                  base::to_string(tried), base::to_string(*settings.user_timeout))};
}

constexpr Rule kRules[] = {
    {"retransmission-ends", "MUST-20", Must, "3.8.3", EmitsAgain, retransmission_ends,
     "What is never acknowledged is given up in the end, also a SYN or a FIN."},
    {"user-timeout-ends", "MUST-21", Must, "3.8.3", EmitsAgain, user_timeout_ends,
     "What is not acknowledged within the user's time-out is given up."},
    {"syn-is-not-given-up", "MUST-23", Must, "3.8.3", SaysState, syn_not_given_up,
     "An active open goes on for at least 3 minutes."},
    {"data-is-not-given-up", "SHLD-11", Should, "3.8.3", SaysState, data_not_given_up,
     "Data is sent again for at least 100 s before the connection is given up."},
};

}  // namespace

std::span<const Rule> section_3_8_3_giving_up() { return kRules; }

}  // namespace tcprove::monitor::rules
