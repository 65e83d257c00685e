#include "harness/adapter/tun/flows.hpp"

#include <algorithm>

#include "harness/wire/flags.hpp"

namespace tcprove::adapter::tun {
namespace {

using wire::Flag;

std::vector<std::uint8_t> reset_at(const wire::FourTuple& tuple, wire::SeqNum seq) {
  wire::Packet packet;
  packet.source = tuple.peer.address;
  packet.destination = tuple.stack.address;
  packet.segment.source_port = tuple.peer.port;
  packet.segment.destination_port = tuple.stack.port;
  packet.segment.seq = seq;
  packet.segment.ctl = Flag::Rst;
  std::vector<std::uint8_t> octets;
  wire::encode(packet, {}, octets);
  return octets;
}

}  // namespace

Flows::Flow& Flows::flow(const wire::FourTuple& tuple) {
  const auto known = std::ranges::find(flows_, tuple, &Flow::tuple);
  return known != flows_.end() ? *known : flows_.emplace_back(Flow{.tuple = tuple});
}

void Flows::note_arrival(const wire::Packet& packet) {
  if (!packet.has_segment()) return;
  const wire::Segment& segment = packet.segment;
  flow({.stack = {packet.destination, segment.destination_port},
        .peer = {packet.source, segment.source_port}})
      .sent = segment.seq + segment.len();
}

void Flows::note_emission(const wire::Packet& packet) {
  const wire::Segment& segment = packet.segment;
  if (!packet.has_segment() || !segment.ctl.has(Flag::Ack) || segment.ctl.has(Flag::Rst)) return;
  flow({.stack = {packet.source, segment.source_port},
        .peer = {packet.destination, segment.destination_port}})
      .acknowledged = segment.ack;
}

std::vector<std::vector<std::uint8_t>> Flows::resets() const {
  std::vector<std::vector<std::uint8_t>> packets;
  for (const Flow& flow : flows_) {
    if (!flow.acknowledged) continue;
    packets.push_back(reset_at(flow.tuple, *flow.acknowledged));
    if (flow.sent && flow.sent != flow.acknowledged) {
      packets.push_back(reset_at(flow.tuple, *flow.sent));
    }
  }
  return packets;
}

}  // namespace tcprove::adapter::tun
