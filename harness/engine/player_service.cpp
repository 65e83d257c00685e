// What is different where the stack's user is a service, which sends, receives and closes by
// itself.

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "harness/engine/player_run.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::engine {

/// Whether a call answered by octets that were not the right ones.
bool Player::Run::answered_wrong_octets() const {
  if (!std::holds_alternative<plan::Call>(step().action)) return false;
  const auto events = trace_.events();
  const auto answer = std::find_if(events.rbegin(), events.rend(), [](const trace::Event& event) {
    return event.kind == trace::EventKind::Answered;
  });
  return answer != events.rend() && answer->status == tcp::CallStatus::Ok;
}

/// A scenario that does not hold behind something that the service did, and no step called for,
/// holds nothing against the stack: its user would have been still.
void Player::Run::conclude_beside_a_service() {
  if (outcome_.kind != Outcome::Kind::Failed) return;
  // What it sent back shows what it received, and that is the stack's to answer for.
  if (answered_wrong_octets()) return;
  const bool echoes = *adapter_.profile().service == adapter::Service::Echo;
  for (const trace::Event& event : trace_.events()) {
    const bool spoken =
        event.kind == trace::EventKind::Emitted || event.kind == trace::EventKind::Dropped;
    if (!spoken) continue;
    const wire::Packet packet = wire::decode(trace_.octets_of(event));
    const bool closed = packet.segment.ctl.has(wire::Flag::Fin);
    const bool sent = !packet.segment.payload.empty();
    if (!packet.has_segment() || (!closed && !sent)) continue;
    outcome_.kind = Outcome::Kind::Unsupported;
    outcome_.reason = fmt::format("the {} service {} by itself", echoes ? "echo" : "discard",
                                  sent ? "sends" : "closes");
    outcome_.mismatch.reset();
    outcome_.still_judged = true;
    return;
  }
}

}  // namespace tcprove::engine
