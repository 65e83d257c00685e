#include "harness/report/numbering.hpp"

#include "harness/wire/packet.hpp"

namespace tcprove::report {
namespace {

std::optional<Side> sender(trace::EventKind kind) {
  switch (kind) {
    case trace::EventKind::Sent:
    case trace::EventKind::Lost:
      return Side::Peer;
    case trace::EventKind::Emitted:
    case trace::EventKind::Dropped:
      return Side::Stack;
    default:
      return std::nullopt;
  }
}

}  // namespace

Numbering::Numbering(const trace::Trace& trace, std::optional<wire::SeqNum> peer_iss)
    : planned_peer_iss_(peer_iss) {
  for (const trace::Event& event : trace.events()) {
    const std::optional<Side> side = sender(event.kind);
    if (!side || event.connection == trace::kNoConnection) continue;
    const wire::Packet packet = wire::decode(trace.octets_of(event));
    if (!packet.has_segment() || !packet.segment.ctl.has(wire::Flag::Syn)) continue;
    if (iss_.size() <= event.connection) iss_.resize(event.connection + 1U);
    auto& known = iss_[event.connection].at(static_cast<std::size_t>(*side));
    if (!known) known = packet.segment.seq;
  }
}

std::optional<wire::SeqNum> Numbering::iss(trace::ConnectionIndex connection, Side side) const {
  if (connection == trace::kNoConnection) return std::nullopt;
  const auto seen =
      connection < iss_.size() ? iss_[connection].at(static_cast<std::size_t>(side)) : std::nullopt;
  return seen || side == Side::Stack ? seen : planned_peer_iss_;
}

}  // namespace tcprove::report
