#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "harness/trace/trace.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::testing {

/// A segment as a test writes it; numbers are relative to each side's initial sequence number.
struct TestSegment {
  wire::Flags ctl;
  std::uint32_t seq = 0;
  std::uint32_t ack = 0;
  std::size_t len = 0;
  std::uint16_t wnd = 65535;
  std::uint16_t up = 0;
  std::vector<wire::Option> options = {};
  wire::Lies lies = {};
};

/// Writes a trace event by event, as the engine would; packets are encoded in full.
///
/// The stack's numbers wrap around early in the connection, so that no test passes by comparing raw
/// ones.
class TraceBuilder {
 public:
  static constexpr wire::SeqNum kPeerIss{1'000'000};
  static constexpr wire::SeqNum kStackIss{0xffff'ffff};

  explicit TraceBuilder(std::uint16_t connections = 1) {
    for (std::uint16_t i = 0; i < connections; ++i) {
      const auto peer_port = static_cast<std::uint16_t>(40000 + i);
      trace_.connections.push_back({.stack = {.address = address(1), .port = 7},
                                    .peer = {.address = address(2), .port = peer_port}});
    }
  }

  /// What follows is about connection `connection`.
  TraceBuilder& on(trace::ConnectionIndex connection) {
    connection_ = connection;
    return *this;
  }

  /// What follows belongs to the next step of the plan.
  TraceBuilder& step() {
    ++step_;
    return *this;
  }

  /// Time passes without an event, as in an expectation's patience.
  TraceBuilder& later(base::Duration d) {
    now_ += d;
    return *this;
  }

  TraceBuilder& sent(const TestSegment& s) { return packet(trace::EventKind::Sent, s); }
  TraceBuilder& lost(const TestSegment& s) { return packet(trace::EventKind::Lost, s); }
  TraceBuilder& emitted(const TestSegment& s) { return packet(trace::EventKind::Emitted, s); }
  TraceBuilder& dropped(const TestSegment& s) { return packet(trace::EventKind::Dropped, s); }

  TraceBuilder& called(tcp::CallKind call, std::size_t octets = 0) {
    trace::Event event = next(trace::EventKind::Called);
    event.call = call;
    offered_ = octets;
    return append(event, std::vector<std::uint8_t>(octets));
  }

  /// `octets` came with RECEIVE, or were taken of SEND's: all that were offered, where left out.
  TraceBuilder& answered(tcp::CallKind call, tcp::CallStatus status,
                         std::optional<std::size_t> octets = std::nullopt) {
    trace::Event event = next(trace::EventKind::Answered);
    event.call = call;
    event.status = status;
    const bool took = call == tcp::CallKind::Send && status == tcp::CallStatus::Ok;
    if (took) event.took = static_cast<std::uint32_t>(octets.value_or(offered_));
    return append(event, std::vector<std::uint8_t>(took ? 0 : octets.value_or(0)));
  }

  TraceBuilder& state(tcp::State state) {
    trace::Event event = next(trace::EventKind::State);
    event.state = state;
    return append(event, {});
  }

  TraceBuilder& waited(base::Duration d) {
    now_ += d;
    return append(next(trace::EventKind::Waited), {});
  }

  /// An IP packet of any octets, as it came from the stack.
  TraceBuilder& emitted_raw(wire::Octets octets) {
    return append(next(trace::EventKind::Emitted), octets);
  }

  /// The handshake in which the peer opens, three segments and their states.
  TraceBuilder& established() {
    using enum wire::Flag;
    const std::vector<wire::Option> mss{wire::MaximumSegmentSize{.octets = 1460}};
    step().sent({.ctl = Syn, .options = mss});
    step().emitted({.ctl = Syn | Ack, .ack = 1, .wnd = 5840, .options = mss});
    state(tcp::State::SynReceived);
    step().sent({.ctl = Ack, .seq = 1, .ack = 1});
    return state(tcp::State::Established);
  }

  trace::Trace build() { return std::move(trace_); }

 private:
  static wire::IpAddress address(std::uint8_t host) {
    return {.version = wire::IpVersion::V4, .octets = {192, 0, 2, host}};
  }

  [[nodiscard]] trace::Event next(trace::EventKind kind) const {
    trace::Event event;
    event.at = now_;
    event.kind = kind;
    event.connection = connection_;
    event.step = step_;
    return event;
  }

  TraceBuilder& append(const trace::Event& event, wire::Octets octets) {
    trace_.append(event, octets);
    return *this;
  }

  TraceBuilder& packet(trace::EventKind kind, const TestSegment& s) {
    const bool to_stack = kind == trace::EventKind::Sent || kind == trace::EventKind::Lost;
    const wire::FourTuple& tuple = trace_.connections.at(connection_);
    const wire::Endpoint& from = to_stack ? tuple.peer : tuple.stack;
    const wire::Endpoint& to = to_stack ? tuple.stack : tuple.peer;
    std::vector<std::uint8_t> options;
    for (const wire::Option& option : s.options) wire::append(option, options);
    const std::vector<std::uint8_t> payload(s.len, 0x55);

    wire::Packet packet;
    packet.source = from.address;
    packet.destination = to.address;
    packet.segment.source_port = from.port;
    packet.segment.destination_port = to.port;
    packet.segment.seq = (to_stack ? kPeerIss : kStackIss) + s.seq;
    packet.segment.ctl = s.ctl;
    if (s.ctl.has(wire::Flag::Ack)) {
      packet.segment.ack = (to_stack ? kStackIss : kPeerIss) + s.ack;
    }
    packet.segment.wnd = s.wnd;
    packet.segment.up = s.up;
    packet.segment.options = options;
    packet.segment.payload = payload;
    std::vector<std::uint8_t> octets;
    wire::encode(packet, s.lies, octets);
    return append(next(kind), octets);
  }

  trace::Trace trace_;
  base::Instant now_;
  trace::ConnectionIndex connection_ = 0;
  trace::StepIndex step_ = trace::kNoStep;
  std::size_t offered_ = 0;
};

}  // namespace tcprove::testing
