#include "harness/adapter/test_peer.hpp"

#include <fmt/format.h>

namespace tcprove::adapter {
namespace {

constexpr wire::SeqNum kPeerIss{1'000'000};
constexpr std::uint8_t kMss1460[] = {2, 4, 0x05, 0xb4};

wire::IpAddress address(wire::IpVersion ip, int host) {
  const char* const network = ip == wire::IpVersion::V4 ? "192.0.2." : "2001:db8::";
  return *wire::parse_address(network + std::to_string(host));
}

wire::Octets octets_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

ResetOptions pristine(wire::IpVersion ip, std::uint64_t seed) {
  return {.seed = seed, .ip = ip, .stack = address(ip, 1), .peer = address(ip, 2)};
}

TestPeer::TestPeer(Adapter& stack, wire::IpVersion ip, std::uint16_t port)
    : stack_(&stack),
      tuple_{.stack = {.address = address(ip, 1), .port = kStackPort},
             .peer = {.address = address(ip, 2), .port = port}} {}

void TestPeer::send(wire::Flags ctl, const Fields& fields) {
  wire::Packet packet;
  packet.source = tuple_.peer.address;
  packet.destination = tuple_.stack.address;
  packet.segment.source_port = tuple_.peer.port;
  packet.segment.destination_port = tuple_.stack.port;
  packet.segment.seq = kPeerIss + fields.seq;
  if (ctl.has(wire::Flag::Ack)) packet.segment.ack = stack_iss_ + fields.ack;
  packet.segment.ctl = ctl;
  packet.segment.wnd = fields.wnd;
  packet.segment.payload = octets_of(fields.data);
  packet.segment.options = fields.options;
  if (ctl.has(wire::Flag::Syn) && fields.options.empty()) packet.segment.options = kMss1460;
  wire::encode(packet, {}, packet_);
  stack_->deliver(packet_);
  stack_->settle();
}

std::string TestPeer::next(base::Duration patience) {
  Outbox& outbox = stack_->outbox();
  const bool runs_by_itself = !stack_->profile().capabilities.has(tcp::Capability::VirtualTime);
  if (read_ >= outbox.size() && runs_by_itself) {
    outbox.clear();
    read_ = 0;
    stack_->advance(patience);
  }
  if (read_ >= outbox.size()) return "nothing";
  at_ = outbox.at(read_).time_since_epoch();
  const wire::Packet packet = wire::decode(outbox.packet(read_++));
  if (!packet.flaws.none()) return wire::to_string(packet.flaws);
  segment_ = packet.segment;
  if (segment_.ctl.has(wire::Flag::Syn)) stack_iss_ = segment_.seq;
  std::string text = fmt::format("{} seq={}", wire::to_string(segment_.ctl),
                                 wire::distance(stack_iss_, segment_.seq));
  if (segment_.ctl.has(wire::Flag::Ack)) {
    text += fmt::format(" ack={}", wire::distance(kPeerIss, segment_.ack));
  }
  if (!segment_.payload.empty()) text += fmt::format(" len={}", segment_.payload.size());
  return text;
}

tcp::Handle TestPeer::listen() {
  return stack_->call({.kind = tcp::CallKind::Listen, .local = tuple_.stack}).handle;
}

tcp::Handle TestPeer::establish(tcp::Handle listener) {
  send(wire::Flag::Syn, {});
  next();
  send(wire::Flag::Ack, {.seq = 1, .ack = 1});
  return stack_->call({.kind = tcp::CallKind::Accept, .handle = listener}).handle;
}

tcp::Handle TestPeer::open_actively() {
  return stack_->call({.kind = tcp::CallKind::Connect, .local = tuple_.stack, .peer = tuple_.peer})
      .handle;
}

tcp::Handle TestPeer::establish_actively() {
  const tcp::Handle opened = open_actively();
  next();
  send(wire::Flag::Syn | wire::Flag::Ack, {.ack = 1});
  next();
  return opened;
}

tcp::CallStatus TestPeer::call(tcp::CallKind kind, tcp::Handle handle) {
  return stack_->call({.kind = kind, .handle = handle}).status;
}

std::string TestPeer::send_call(tcp::Handle handle, std::string_view octets) {
  const tcp::CallResult sent =
      stack_->call({.kind = tcp::CallKind::Send, .handle = handle, .octets = octets_of(octets)});
  if (sent.status != tcp::CallStatus::Ok) return std::string(tcp::to_string(sent.status));
  return std::to_string(sent.octets);
}

std::string TestPeer::receive_call(tcp::Handle handle, std::size_t octets_max) {
  std::vector<std::uint8_t> buffer(octets_max);
  const tcp::CallResult received =
      stack_->call({.kind = tcp::CallKind::Receive, .handle = handle, .buffer = buffer});
  if (received.status != tcp::CallStatus::Ok) {
    return fmt::format("<{}>", tcp::to_string(received.status));
  }
  return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(received.octets)};
}

}  // namespace tcprove::adapter
