#include <fmt/format.h>

#include "harness/monitor/rules/checks_3_10.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::State;
using wire::Flag;

/// Resources may end (section 3.10.1), and an adapter need not offer the call.
bool is_refused(const Scene& scene) {
  const CallStatus status = scene.event->status;
  return scene.facts.complete && status != CallStatus::Ok && status != CallStatus::Unsupported &&
         status != CallStatus::InsufficientResources;
}

}  // namespace

Verdict listen_succeeds(const Scene& scene) {
  if (scene.event->call != CallKind::Listen || !is_refused(scene)) return {};
  if (scene.listening != Listening::No) return {};
  return Complaint{fmt::format("a passive OPEN on a port that nobody listens on answers {}",
                               to_string(scene.event->status))};
}

Verdict open_succeeds_without_connection(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (scene.event->call != CallKind::Connect || !is_refused(scene)) return {};
  const bool free =
      scene.alone && scene.listening == Listening::No && tcb.followed && tcb.only(State::Closed);
  if (!free) return {};
  return Complaint{fmt::format("an active OPEN where no connection is answers {}",
                               to_string(scene.event->status))};
}

Verdict syn_needs_open(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const bool opens = e.syn != SynKind::None && e.syn != SynKind::Repeat && !e.has(Flag::Ack);
  if (!opens || !scene.facts.complete || !scene.facts.user_seen || !tcb.followed) return {};
  if (!tcb.only(State::Closed)) return {};
  return Complaint{"it opens a connection that no user asked for"};
}

}  // namespace tcprove::monitor::rules
