#include <algorithm>

#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

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

/// Multicast, or IPv4's limited broadcast; what is a subnet's only who knows the network can say.
bool is_of_many(const wire::IpAddress& address) {
  const std::uint8_t first = address.octets[0];
  if (address.version == wire::IpVersion::V6) return first == 0xff;
  const bool all_ones = std::all_of(address.octets.begin(), address.octets.begin() + 4,
                                    [](std::uint8_t octet) { return octet == 0xff; });
  return first >> 4U == 0xe || all_ones;
}

Verdict syn_goes_to_one(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.syn == SynKind::None || e.has(Flag::Ack)) return {};
  if (!is_of_many(e.packet->destination)) return {};
  return Complaint{"it opens a connection to a broadcast or multicast address"};
}

constexpr Rule kRules[] = {
    {"syn-needs-an-open", "3.3.2-active-open-enters-syn-sent", Must, "3.3.2", EmitsSyn,
     syn_needs_open, "A SYN is sent when a user opens and not before."},
    {"syn-goes-to-one-host", "MUST-46", Must, "3.9.1.1", EmitsSyn, syn_goes_to_one,
     "No SYN goes to a broadcast or multicast address."},
    {"listen-succeeds", "MUST-42", Must, "3.9.1.1", Answers, listen_succeeds,
     "A passive OPEN succeeds where nobody listens, also beside or after a connection."},
    {"open-succeeds", "3.10.1-open-in-closed-succeeds", Must, "3.10.1", Answers,
     open_succeeds_without_connection,
     "An active OPEN succeeds where there is no connection, also after one."},
};

}  // namespace

std::span<const Rule> section_3_10_1_open() { return kRules; }

}  // namespace tcprove::monitor::rules
