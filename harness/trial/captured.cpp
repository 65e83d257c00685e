#include "harness/trial/captured.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "harness/trial/offload.hpp"
#include "harness/wire/capture_reader.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::trial {
namespace {

using Direction = wire::CapturedFrame::Direction;
using wire::Flag;

wire::Endpoint source_of(const wire::Packet& packet) {
  return {.address = packet.source, .port = packet.segment.source_port};
}

wire::Endpoint destination_of(const wire::Packet& packet) {
  return {.address = packet.destination, .port = packet.segment.destination_port};
}

bool is_on(const StackSide& side, const wire::Endpoint& endpoint) {
  return endpoint.address == side.address && (side.port == 0 || endpoint.port == side.port);
}

/// Where the packet went; nothing where neither end, or each, may be the stack.
std::optional<trace::EventKind> kind_of(const wire::Packet& packet, Direction direction,
                                        const std::optional<StackSide>& stack) {
  bool from = direction == Direction::Outbound;
  bool to = direction == Direction::Inbound;
  if (stack) {
    from = is_on(*stack, source_of(packet));
    to = is_on(*stack, destination_of(packet));
    // On a loopback both ends have the address.
    if (from && to) {
      from = direction == Direction::Outbound;
      to = direction == Direction::Inbound;
    }
  }
  if (from == to) return std::nullopt;
  return from ? trace::EventKind::Emitted : trace::EventKind::Sent;
}

/// Some order, for a map.
struct TupleOrder {
  static auto parts(const wire::FourTuple& tuple) {
    const auto& [stack, peer] = tuple;
    return std::tuple(stack.address.version, stack.address.octets, stack.port, peer.address.octets,
                      peer.port);
  }
  bool operator()(const wire::FourTuple& a, const wire::FourTuple& b) const {
    return parts(a) < parts(b);
  }
};

/// Sorts a capture's segments by connection.
class Sorter {
 public:
  Sorter(const std::optional<StackSide>& stack, Captured& captured)
      : stack_(stack), captured_(captured) {}

  /// Answers false where there is no more room.
  bool add(const wire::CapturedFrame& frame) {
    if (captured_.frames++ == 0) begin_ = frame.at;
    if (frame.cut) {
      ++captured_.cut;
      return true;
    }
    const std::optional<wire::Octets> octets = wire::ip_packet_in(frame.link, frame.octets);
    const wire::Packet packet = wire::decode(octets.value_or(wire::Octets()));
    if (!packet.has_segment()) {
      ++captured_.others;
      return true;
    }
    note_source(source_of(packet));
    const std::optional<trace::EventKind> kind = kind_of(packet, frame.direction, stack_);
    if (!kind) {
      ++captured_.others;
      return true;
    }
    Place* const place = place_of(packet, *kind);
    if (place == nullptr) {
      captured_.error = fmt::format("there are more than {} connections", kCapturedConnectionsMax);
      return false;
    }
    append(*place, frame.at, *kind, packet, *octets);
    if (!captured_.connections[place->index].trace.truncated()) return true;
    captured_.error = fmt::format("frame {}: a connection's trace is full", frame.number);
    return false;
  }

 private:
  struct Place {
    std::size_t index = 0;
    std::size_t mss = 536;  ///< RFC 9293 MUST-15, until the peer's SYN tells another.
    bool emitted = false;   ///< The stack has sent more than RSTs.
  };

  void note_source(const wire::Endpoint& source) {
    std::vector<wire::Endpoint>& sources = captured_.sources;
    if (sources.size() < kSourcesMax && std::ranges::find(sources, source) == sources.end()) {
      sources.push_back(source);
    }
  }

  Place* place_of(const wire::Packet& packet, trace::EventKind kind) {
    const bool from_stack = kind == trace::EventKind::Emitted;
    const wire::FourTuple tuple{.stack = from_stack ? source_of(packet) : destination_of(packet),
                                .peer = from_stack ? destination_of(packet) : source_of(packet)};
    const auto known = places_.find(tuple);
    if (known != places_.end()) return &known->second;
    if (captured_.connections.size() == kCapturedConnectionsMax) return nullptr;
    Place& place = places_[tuple];
    place.index = captured_.connections.size();
    captured_.connections.emplace_back().trace.connections = {tuple};
    return &place;
  }

  void append(Place& place, base::Instant at, trace::EventKind kind, const wire::Packet& packet,
              wire::Octets octets) {
    CapturedConnection& connection = captured_.connections[place.index];
    // Stamps of several interfaces need not agree; a trace goes forward.
    now_ = std::clamp(base::Instant(at - begin_), now_, base::Instant(kCapturedSpanMax));
    trace::Event event;
    event.at = now_;
    event.kind = kind;
    event.connection = 0;
    const bool syn = packet.segment.ctl.has(Flag::Syn);
    if (kind == trace::EventKind::Sent) {
      if (syn) place.mss = mss_of(packet);
    } else {
      if (!place.emitted) connection.begins = syn;
      place.emitted = place.emitted || !packet.segment.ctl.has(Flag::Rst);
      if (is_left_to_the_card(packet, octets)) {
        for (const auto& part : as_on_the_wire(packet, place.mss)) {
          connection.trace.append(event, part);
        }
        return;
      }
    }
    connection.trace.append(event, octets);
  }

  static std::size_t mss_of(const wire::Packet& packet) {
    const bool v4 = packet.source.version == wire::IpVersion::V4;
    const auto option = wire::find_option<wire::MaximumSegmentSize>(packet.segment.options);
    const std::size_t told = option ? option->octets : v4 ? 536U : 1220U;
    // No stack cuts finer, whatever a peer asks for.
    constexpr std::size_t kLeast = 88;
    return std::max(told, kLeast);
  }

  const std::optional<StackSide>& stack_;
  Captured& captured_;
  std::map<wire::FourTuple, Place, TupleOrder> places_;
  base::Instant begin_;
  base::Instant now_;
};

}  // namespace

Captured read_capture(wire::Octets file, const std::optional<StackSide>& stack) {
  Captured captured;
  wire::CaptureReader reader(file);
  Sorter sorter(stack, captured);
  while (const std::optional<wire::CapturedFrame> frame = reader.next()) {
    if (!sorter.add(*frame)) return captured;
  }
  captured.error = reader.error();
  return captured;
}

monitor::StackFacts capture_facts() { return {.virtual_clock = false, .complete = false}; }

}  // namespace tcprove::trial
