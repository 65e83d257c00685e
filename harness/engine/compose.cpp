#include "harness/engine/compose.hpp"

#include <algorithm>

#include "harness/base/check.hpp"
#include "harness/engine/special_address.hpp"
#include "harness/plan/stream.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::engine {

using wire::Flag;

namespace {

/// What a timer that is not set is taken for.
constexpr base::Duration kNoTimer = std::chrono::seconds(1);

/// Never nothing, so that the instant before it can be named.
base::Duration until_timer(const adapter::Adapter* clock) {
  const auto deadline = clock != nullptr ? clock->next_deadline() : std::nullopt;
  return std::max(deadline.value_or(kNoTimer), base::Duration(1));
}

}  // namespace

std::int64_t Numbering::value(plan::Symbol symbol) const {
  const auto of_stack = [this](wire::SeqNum s) { return std::int64_t{distance(stack_base(), s)}; };
  const auto of_peer = [this](wire::SeqNum s) { return std::int64_t{distance(peer_base(), s)}; };
  switch (symbol) {
    case plan::Symbol::SndUna:
      return of_stack(view_.snd_una());
    case plan::Symbol::SndNxt:
      return of_stack(view_.snd_nxt());
    case plan::Symbol::SndWnd:
      return view_.snd_wnd();
    case plan::Symbol::Iss:
      return of_stack(view_.iss());
    case plan::Symbol::RcvNxt:
      return of_peer(view_.rcv_nxt());
    case plan::Symbol::RcvWnd:
      return view_.rcv_wnd();
    case plan::Symbol::Irs:
      return of_peer(view_.irs());
    case plan::Symbol::PeerNxt:
      return of_peer(view_.peer_nxt());
    case plan::Symbol::Msl:
      return times_.msl.count();
    case plan::Symbol::Rto:
      return times_.rto.count();
    case plan::Symbol::DelayedAck:
      return times_.delayed_ack.count();
    case plan::Symbol::Timer:
      return until_timer(times_.clock).count();
  }
  TCPROVE_CHECK(false, "a symbol without a value");
}

void PeerStream::restart(std::uint16_t connection, wire::SeqNum peer_iss) {
  connection_ = connection;
  first_ = peer_iss + 1;
  named_.clear();
}

void PeerStream::set(wire::SeqNum seq, wire::Octets octets) {
  named_.push_back({.seq = seq, .octets = {octets.begin(), octets.end()}});
}

void PeerStream::read(wire::SeqNum seq, std::span<std::uint8_t> out) const {
  plan::fill_stream(plan::Sender::Peer, connection_, distance(first_, seq), out);
  for (const Named& named : named_) {  // Later ones replace earlier ones.
    for (std::size_t i = 0; i < named.octets.size(); ++i) {
      const wire::SeqLen offset = distance(seq, named.seq + static_cast<wire::SeqLen>(i));
      if (offset < out.size()) out[offset] = named.octets[i];
    }
  }
}

void Composer::append_word(std::uint32_t word) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    options_.push_back(static_cast<std::uint8_t>(word >> shift));
  }
}

void Composer::compose_options(const std::vector<plan::OptionText>& options,
                               const Numbering& numbers, std::uint32_t echo) {
  options_.clear();
  for (const plan::OptionText& option : options) {
    options_.push_back(option.kind);
    const bool one_octet = option.kind == static_cast<std::uint8_t>(wire::OptionKind::EndOfList) ||
                           option.kind == static_cast<std::uint8_t>(wire::OptionKind::NoOperation);
    if (one_octet) continue;
    const std::size_t length_at = options_.size();
    options_.push_back(0);
    const auto tsecr_octets = static_cast<std::ptrdiff_t>(option.echo ? sizeof echo : 0);
    options_.insert(options_.end(), option.data.begin(), option.data.end() - tsecr_octets);
    if (option.echo) append_word(echo);
    for (const auto& [left, right] : option.sack) {
      for (const plan::Expr& edge : {left, right}) {
        append_word(numbers.stack_number(edge).raw());
      }
    }
    const auto honest = static_cast<std::uint8_t>(options_.size() - length_at + 1);
    options_[length_at] = option.length.value_or(honest);
  }
}

/// IPv4 counts an option's kind and length octets into its length, IPv6 does not.
void Composer::compose_ip_fields(const plan::SegmentText& text, const wire::FourTuple& tuple,
                                 wire::Packet& out) {
  constexpr unsigned kEcnBits = 2;
  const wire::IpAddress& stack = tuple.stack.address;
  out.source = text.from ? special_address(*text.from, stack) : tuple.peer.address;
  out.destination = text.to ? special_address(*text.to, stack) : stack;
  if (text.ttl) out.hop_limit = *text.ttl;
  out.traffic_class = static_cast<std::uint8_t>((unsigned{text.dscp.value_or(0)} << kEcnBits) |
                                                text.ecn.value_or(0));
  if (!text.ip_options) return;
  ip_options_.clear();
  for (const plan::OptionText& option : *text.ip_options) {
    const std::size_t head = stack.version == wire::IpVersion::V4 ? 2 : 0;
    ip_options_.push_back(option.kind);
    ip_options_.push_back(static_cast<std::uint8_t>(head + option.data.size()));
    ip_options_.insert(ip_options_.end(), option.data.begin(), option.data.end());
  }
  out.ip_options = ip_options_;
}

Composer::Composed Composer::compose(const plan::Plan& plan, const plan::SegmentText& text,
                                     const wire::FourTuple& tuple, const Numbering& numbers,
                                     const ConnectionView& view, PeerStream& stream) {
  Composed out;
  wire::Segment& segment = out.packet.segment;
  segment.source_port = tuple.peer.port;
  segment.destination_port = tuple.stack.port;
  const bool syn = text.ctl.has(Flag::Syn);
  segment.ctl = text.ctl;
  segment.seq = text.seq ? numbers.peer_number(*text.seq)
                         : (syn ? wire::SeqNum(plan.peer_iss) : view.peer_nxt());
  if (text.ack) {
    segment.ack = numbers.stack_number(*text.ack);
  } else if (text.ctl.has(Flag::Ack)) {
    segment.ack = view.peer_rcv_nxt();
  }
  segment.wnd = text.wnd ? static_cast<std::uint16_t>(text.wnd->evaluate(numbers)) : plan.peer.wnd;
  if (text.up) segment.up = static_cast<std::uint16_t>(text.up->evaluate(numbers));
  segment.reserved = text.reserved.value_or(0);

  const wire::SeqNum first_octet = segment.seq + (syn ? 1U : 0U);
  payload_.clear();
  if (text.data) {
    payload_ = *text.data;
    stream.set(first_octet, payload_);
  } else if (text.len) {
    payload_.resize(static_cast<std::size_t>(
        std::clamp<std::int64_t>(text.len->evaluate(numbers), 0, kPayloadOctetsMax)));
    stream.read(first_octet, payload_);
  }
  segment.payload = payload_;

  options_.clear();
  if (text.options) {
    compose_options(*text.options, numbers, view.stack_tsval());
  } else if (syn) {
    compose_options(plan.peer.syn_options, numbers, view.stack_tsval());
  }
  segment.options = options_;
  compose_ip_fields(text, tuple, out.packet);

  out.lies.checksum = text.checksum;
  out.lies.checksum_bad = text.checksum_bad;
  out.lies.data_offset = text.data_offset;
  out.lies.ip_length = text.ip_length;
  if (text.truncate_tcp) out.lies.truncate_tcp = *text.truncate_tcp;
  return out;
}

}  // namespace tcprove::engine
