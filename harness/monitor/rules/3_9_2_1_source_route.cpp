// RFC 9293 section 3.9.2.1, "Source Route", where IPv4 source routes reach TCP.

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// What is known of the routes of a connection that the segment belongs to.
const ShadowRoute* route_known(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool belongs = scene.emission->in_connection || scene.emission->syn != SynKind::None;
  if (!scene.facts.source_route || !scene.facts.complete || !belongs) return nullptr;
  return tcb.route.unclear || !tcb.followed ? nullptr : &tcb.route;
}

/// Whether it leaves by the gateway that the user named.
bool takes(const Route& taken, const Route& own) {
  return taken.count == 2 && taken.hops[0] == own.hops[0];
}

bool is_own(const Scene& scene, const ShadowRoute& route) {
  const bool v4 = scene.emission->packet->source.version == wire::IpVersion::V4;
  const bool named = route.own.count > 0 && !route.own_unclear && scene.tcb.alone;
  return scene.tcb.active_open && v4 && named;
}

Verdict own_source_route_taken(const Scene& scene) {
  const ShadowRoute* route = route_known(scene);
  if (route == nullptr || !is_own(scene, *route)) return {};
  const Route taken = route_of(*scene.emission->packet);
  const bool arrived = route->returned.count > 0 && taken == route->returned;
  if (takes(taken, route->own) || arrived) return {};  // Else: own_source_route_wins().
  return Complaint{"it does not take the source route that the user gave"};
}

Verdict own_source_route_wins(const Scene& scene) {
  const ShadowRoute* route = route_known(scene);
  if (route == nullptr || !is_own(scene, *route) || route->returned.count == 0) return {};
  const Route taken = route_of(*scene.emission->packet);
  if (takes(taken, route->own) || taken != route->returned) return {};
  return Complaint{"it takes the source route that arrived, and the user gave another"};
}

Verdict return_route_taken(const Scene& scene) {
  const ShadowRoute* route = route_known(scene);
  if (route == nullptr || scene.tcb.active_open || route->returned.count == 0) return {};
  const Route taken = route_of(*scene.emission->packet);
  const bool former = route->former.count > 0 && taken == route->former;
  if (taken == route->returned || former) return {};  // Else: later_source_route_taken().
  return Complaint{"it does not go back the way that the source route of a segment came"};
}

Verdict later_source_route_taken(const Scene& scene) {
  const ShadowRoute* route = route_known(scene);
  if (route == nullptr || scene.tcb.active_open || route->former.count == 0) return {};
  if (route_of(*scene.emission->packet) != route->former) return {};
  return Complaint{"it goes back the way of an earlier source route, and another has come since"};
}

constexpr Rule kRules[] = {
    {"own-source-route-is-taken", "MUST-51", Must, "3.9.2.1", Emits, own_source_route_taken,
     "Every segment of an active OPEN with a source route takes it.", &StackFacts::source_route},
    {"own-source-route-wins", "MUST-52", Must, "3.9.2.1", Emits, own_source_route_wins,
     "A source route that arrives does not replace the user's own.", &StackFacts::source_route},
    {"return-route-is-taken", "MUST-53", Must, "3.9.2.1", Emits, return_route_taken,
     "After a passive OPEN all goes back the way that a source route came.",
     &StackFacts::source_route},
    {"later-source-route-is-taken", "SHLD-24", Should, "3.9.2.1", Emits, later_source_route_taken,
     "The way back is that of the source route that arrived last.", &StackFacts::source_route},
};

}  // namespace

std::span<const Rule> section_3_9_2_1_source_route() { return kRules; }

}  // namespace tcprove::monitor::rules
