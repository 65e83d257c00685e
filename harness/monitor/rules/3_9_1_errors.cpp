#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::State;

bool is_judged(const Scene& scene) {
  return scene.facts.complete && scene.tcb.followed && scene.tcb.user_has_it();
}

Verdict refused_truly(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!is_judged(scene) || scene.event->status != CallStatus::Refused) return {};
  if (tcb.reset_arrived && tcb.active_open) return {};
  return Complaint{tcb.active_open ? "the user is told of a refusal, and no RST reached the stack"
                                   : "the user of a passive open is told of a refusal"};
}

Verdict timed_out_truly(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!is_judged(scene) || scene.event->status != CallStatus::TimedOut) return {};
  if (!tcb.surely_synchronized(scene.now, scene.facts)) return {};
  return Complaint{"the user is told of a time-out, and nothing waited long enough"};
}

/// RFC 7413 may hand out a connection whose SYN carried data.
Verdict accepted_after_handshake(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool taken = scene.event->call == CallKind::Accept && scene.event->status == CallStatus::Ok;
  if (!taken || !scene.facts.complete || !scene.alone || !tcb.followed) return {};
  // Else it may be one that came, and ended, before.
  if (tcb.active_open || !tcb.user.reads_known || !tcb.only(State::SynReceived) ||
      tcb.rcv.contested)
    return {};
  return Complaint{"a connection is handed out before its SYN is acknowledged"};
}

constexpr Rule kRules[] = {
    {"refusal-needs-a-reset", "3.10.7.3-reset-with-ack-refuses", Must, "3.10.7.3", Answers,
     refused_truly, "The user is told of a refusal only where a RST answered its open."},
    {"time-out-needs-waiting", "3.10.8-user-timeout-ends-connection", Must, "3.10.8", Answers,
     timed_out_truly, "The user is told of a time-out only after something waited."},
    {"accept-follows-the-handshake", "3.5-three-way-handshake", Must, "3.5", Answers,
     accepted_after_handshake, "A connection is handed out once its SYN is acknowledged."},
};

}  // namespace

std::span<const Rule> section_3_9_1_errors() { return kRules; }

}  // namespace tcprove::monitor::rules
