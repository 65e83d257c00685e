#include "harness/profile/observe.hpp"

#include <vector>

#include "harness/profile/watch.hpp"

namespace tcprove::profile {
namespace {

void tell(Watch& watch, const trace::Event& event, wire::Octets octets) {
  using enum trace::EventKind;
  switch (event.kind) {
    case Sent:
    case Emitted:
    case Dropped: {
      const wire::Packet packet = wire::decode(octets);
      if (!packet.has_segment() || !packet.flaws.none()) return;
      if (event.kind == Sent) return watch.arrived(packet.segment);
      return watch.emitted(packet);
    }
    case Called:
    case Answered:
      return watch.called(event);
    case State:
      return watch.state(event.state);
    case Lost:
    case Waited:
      return;
  }
}

}  // namespace

Facts observe(const trace::Trace& trace) {
  Facts facts;
  std::vector<Watch> watches(trace.connections.size(), Watch(facts, trace.iss_planned));
  for (const trace::Event& event : trace.events()) {
    for (Watch& watch : watches) watch.at(event.at);
    if (event.connection >= watches.size()) continue;
    tell(watches[event.connection], event, trace.octets_of(event));
  }
  for (Watch& watch : watches) watch.end();
  return facts;
}

}  // namespace tcprove::profile
