#include "harness/engine/peer.hpp"

#include <algorithm>

#include "harness/engine/compose_icmp.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::engine {
Peer::Peer(adapter::Adapter& adapter, trace::Trace& trace) : adapter_(adapter), trace_(trace) {
  const adapter::StackProfile& profile = adapter.profile();
  times_ = {.msl = profile.msl,
            .rto = profile.initial_rto,
            .delayed_ack = profile.delayed_ack_max,
            .clock = &adapter};
}

void Peer::restart(const plan::Plan& plan) {
  plan_ = &plan;
  ends_.resize(plan.connections.size());
  const wire::SeqNum peer_iss(plan.peer_iss);
  std::optional<wire::SeqNum> stack_iss;
  if (plan.stack_iss) stack_iss = wire::SeqNum(*plan.stack_iss);
  planned_iss_ = stack_iss;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    End& end = ends_[i];
    end.view.restart(peer_iss, stack_iss);
    end.stream.restart(static_cast<std::uint16_t>(i), peer_iss);
    end.queue.clear();
    end.head = end.counted = 0;
    end.latest = std::nullopt;
  }
  latest_stray_ = std::nullopt;
  overflowed_ = false;
}

void Peer::encode(const Composer::Composed& composed, Sent& out) {
  const wire::Segment& segment = composed.packet.segment;
  wire::encode(composed.packet, composed.lies, out.octets);
  out.segment = segment;
  out.intact = composed.lies == wire::Lies{};
  if (!out.intact || segment.options.empty()) return;
  constexpr std::size_t kWord = 4;
  const std::size_t options = (segment.options.size() + kWord - 1) / kWord * kWord;
  out.segment.options =
      wire::Octets(out.octets).last(options + segment.payload.size()).first(segment.options.size());
}

std::size_t Peer::send(const plan::Send& send, std::uint16_t connection, const Moment& moment,
                       Pace pace) {
  End& end = ends_[connection];
  count_arrivals(end, end.queue.size());
  const wire::FourTuple tuple = trace_.connections[connection];
  if (sent_.size() < send.sent.size()) sent_.resize(send.sent.size());
  for (std::size_t i = 0; i < send.sent.size(); ++i) {
    const plan::SegmentText& text = send.sent[i];
    const Composer::Composed composed =
        composer_.compose(*plan_, text, tuple, numbering(connection), end.view, end.stream);
    sent_[i].stray = (text.from && composed.packet.source != tuple.peer.address) ||
                     (text.to && composed.packet.destination != tuple.stack.address);
    encode(composed, sent_[i]);
    if (!sent_[i].stray) end.view.peer_sent(composed.packet.segment);
  }
  for (std::size_t i = 0; i < send.sent.size(); ++i) {
    const bool arrives = std::ranges::find(send.arrive, i) != send.arrive.end();
    if (arrives) continue;
    trace_.add(moment.now, trace::EventKind::Lost, connection, moment.step, sent_[i].octets);
  }
  std::size_t emitted = 0;
  for (const std::uint8_t i : send.arrive) {
    const Sent& sent = sent_[i];
    trace_.add(moment.now, trace::EventKind::Sent, sent.stray ? trace::kNoConnection : connection,
               moment.step, sent.octets);
    if (sent.intact && !sent.stray) end.view.reached_stack(sent.segment);
    adapter_.deliver(sent.octets);
    if (pace == Pace::Together) continue;
    adapter_.settle();
    emitted += collect(moment.step);
  }
  return emitted;
}

std::size_t Peer::send_icmp(const plan::SendIcmp& icmp, std::uint16_t connection,
                            const Moment& moment) {
  const End& end = ends_[connection];
  wire::Octets latest;
  if (end.latest && *end.latest < trace_.events().size()) {
    latest = trace_.octets_of(trace_.events()[*end.latest]);
  }
  compose_icmp(icmp, {numbering(connection), end.view, trace_.connections[connection], latest},
               icmp_);
  trace_.add(moment.now, trace::EventKind::Sent, connection, moment.step, icmp_);
  adapter_.deliver(icmp_);
  adapter_.settle();
  return collect(moment.step);
}

/// MUST-8: what is opened later begins ahead of what was opened before, as if half a second lay in
/// between.
void Peer::move_iss_on(const wire::Segment& emitted) {
  constexpr wire::SeqLen kAhead = 128'000;
  if (!planned_iss_ || !emitted.ctl.has(wire::Flag::Syn) || emitted.seq != *planned_iss_) return;
  *planned_iss_ += kAhead;
  adapter_.set_iss(planned_iss_);
}

std::uint16_t Peer::connection_of(const wire::Packet& packet) {
  for (std::size_t i = 0; i < trace_.connections.size(); ++i) {
    wire::FourTuple& tuple = trace_.connections[i];
    const bool to_peer = wire::final_destination(packet) == tuple.peer.address &&
                         packet.segment.destination_port == tuple.peer.port;
    if (!to_peer) continue;
    if (packet.source != tuple.stack.address) continue;  // RFC 9293 MUST-45.
    // An active opener chooses its port; its SYN tells which.
    if (tuple.stack.port == 0 && packet.segment.ctl.has(wire::Flag::Syn)) {
      tuple.stack.port = packet.segment.source_port;
    }
    if (packet.segment.source_port == tuple.stack.port) return static_cast<std::uint16_t>(i);
  }
  return trace::kNoConnection;
}

void Peer::take_in(base::Instant at, wire::Octets octets, trace::StepIndex step) {
  const wire::Packet packet = wire::decode(octets);
  const std::uint16_t connection =
      packet.has_segment() ? connection_of(packet) : trace::kNoConnection;
  const std::size_t index = trace_.events().size();
  trace_.add(at, trace::EventKind::Emitted, connection, step, octets);
  if (connection == trace::kNoConnection) {
    latest_stray_ = index;
    return;
  }
  End& end = ends_[connection];
  end.latest = index;
  const wire::Segment& segment = packet.segment;
  const auto place_of = [octets](wire::Octets view) {
    return view.empty() ? 0 : static_cast<std::size_t>(view.data() - octets.data());
  };
  Pending& pending = end.queue.emplace_back();
  pending.event = index;
  pending.at = at;
  pending.options_at = place_of(segment.options);
  pending.payload_at = place_of(segment.payload);
  pending.novel =
      end.view.is_novel(segment) || segment.ctl.has(wire::Flag::Rst) || !packet.flaws.none();
  if (packet.flaws.none()) {
    end.view.stack_emitted(segment);
    move_iss_on(segment);
  }
  pending.packet = packet;
  if (trace_.truncated()) pending.packet.segment.options = pending.packet.segment.payload = {};
}

std::size_t Peer::collect(trace::StepIndex step) {
  adapter::Outbox& outbox = adapter_.outbox();
  const std::size_t count = outbox.size() + outbox.overflowed();
  overflowed_ = overflowed_ || outbox.overflowed() > 0;
  for (std::size_t i = 0; i < outbox.size(); ++i) take_in(outbox.at(i), outbox.packet(i), step);
  outbox.clear();
  return count;
}

/// Points the queue's views at the trace, which may have moved its octets since they were taken in.
void Peer::refresh_views(std::span<Pending> queue) {
  const auto events = trace_.events();
  for (Pending& pending : queue) {
    if (pending.event >= events.size()) continue;  // The trace was full; the views are empty.
    wire::Segment& segment = pending.packet.segment;
    const wire::Octets octets = trace_.octets_of(events[pending.event]);
    segment.options = octets.subspan(pending.options_at, segment.options.size());
    segment.payload = octets.subspan(pending.payload_at, segment.payload.size());
  }
}

std::span<const Pending> Peer::queue(std::uint16_t connection, std::size_t passed) {
  End& end = ends_[connection];
  const std::span<Pending> queue = std::span(end.queue).subspan(end.head);
  refresh_views(queue.subspan(passed));
  return queue;
}

void Peer::count_arrivals(End& end, std::size_t until) {
  for (; end.counted < until; ++end.counted) {
    Pending& pending = end.queue[end.counted];
    if (!pending.reached && pending.packet.flaws.none())
      end.view.reached_peer(pending.packet.segment);
    pending.reached = true;
  }
}

void Peer::take(std::uint16_t connection, const Standing& standing, bool lost) {
  End& end = ends_[connection];
  for (std::size_t i = standing.first_part; lost && i <= standing.last; ++i) {
    Pending& pending = end.queue[end.head + i];
    pending.reached = true;  // Counted as done with: it never arrives.
    trace_.mark_dropped(pending.event);
  }
  // What came later may yet be lost by a step of its own.
  count_arrivals(end, end.head + standing.last + 1);
  end.head += standing.last;
  if (standing.leaves_rest) {
    end.queue[end.head].taken = true;
    end.queue[end.head].rest = standing.rest;
  } else {
    ++end.head;
  }
  if (end.head == end.queue.size()) {
    end.queue.clear();
    end.head = end.counted = 0;
  }
}

std::optional<std::size_t> Peer::emitted_since(std::uint16_t connection, std::size_t since,
                                               base::Instant until) const {
  for (const std::optional<std::size_t>& latest : {ends_[connection].latest, latest_stray_}) {
    if (!latest || *latest < since) continue;
    const auto events = trace_.events();
    if (*latest >= events.size() || events[*latest].at <= until) return latest;
    // A real clock is past `until` before anybody looks: there may be an earlier one.
    for (std::size_t i = *latest; i-- > since;) {
      const bool own =
          events[i].connection == connection || events[i].connection == trace::kNoConnection;
      const bool emitted = events[i].kind == trace::EventKind::Emitted;
      if (own && emitted && events[i].at <= until) return i;
    }
  }
  return std::nullopt;
}

}  // namespace tcprove::engine
