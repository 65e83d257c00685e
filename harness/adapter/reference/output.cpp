#include "harness/adapter/reference/output.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "harness/adapter/reference/options.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/source_route_3_9_2_1.hpp"
#include "harness/base/check.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::distance;
using wire::Flag;
using wire::Flags;
using wire::SeqLen;
using wire::SeqNum;

namespace {

constexpr SeqLen kWndFieldMax = 0xffff;

/// RFC 7323 section 2.2: the Window field of a SYN is never scaled.
std::uint16_t window_field(const Host& host, const Tcb& tcb, Flags ctl) {
  const bool scaled = !ctl.has(Flag::Syn) || host.defect(Fault::WindowScaledOnSyn);
  SeqLen wnd = scaled ? tcb.rcv_wnd >> tcb.rcv_wind_shift : tcb.rcv_wnd;
  if (host.defect(Fault::WindowRetreats)) {
    wnd -= std::min(wnd, static_cast<SeqLen>(tcb.receive_queue.size()));
  }
  return static_cast<std::uint16_t>(std::min(wnd, kWndFieldMax));
}

/// Section 3.8.5: URG and the pointer, relative to the segment, on all that precedes SND.UP.
void set_urgent(const Host& host, const Tcb& tcb, wire::Segment& seg) {
  if (!tcb.snd_up || !wire::after_up_to(seg.seq, *tcb.snd_up, tcb.send_queue_end())) return;
  seg.ctl |= Flag::Urg;
  seg.up = static_cast<std::uint16_t>(std::min<SeqLen>(distance(seg.seq, *tcb.snd_up), 0xffff));
  if (host.defect(Fault::UrgentPointerOneShort)) --seg.up;
}

/// What leaves for a connection, beside what the TCB says.
struct Outgoing {
  SeqNum seq;
  Flags ctl;
  wire::Octets text{};
  bool ecn_capable = false;
};

/// MUST-48, SHLD-22: the user's, beside ECN's bits (RFC 3168 section 5).
std::uint8_t traffic_class(const Host& host, const Tcb& tcb, const Outgoing& out) {
  const Flags ctl = out.ctl;
  const wire::Octets text = out.text;
  const std::uint8_t set = tcb.settings.traffic_class;
  if (host.defect(Fault::DscpIgnored)) return 0;
  if (host.defect(Fault::DscpShifted)) return static_cast<std::uint8_t>(set >> 2U);
  if (host.defect(Fault::EctOnSyn) && ctl.has(Flag::Syn)) return set | kEct0;
  if (host.defect(Fault::EctOnAck) && ctl == Flag::Ack && text.empty()) return set | kEct0;
  if (host.defect(Fault::EctUnasked) && !text.empty()) return set | kEct0;
  return out.ecn_capable ? set | kEct0 : set;
}

void send_segment(Host& host, Tcb& tcb, const Outgoing& out) {
  const wire::Octets text = out.text;
  Flags ctl = out.ctl;
  const bool ack = ctl.has(Flag::Ack);
  if (ack && !ctl.any(Flag::Syn | Flag::Rst)) ctl |= echo_flag(host, tcb);
  if (ack && !ctl.has(Flag::Syn)) advance_right_edge(host, tcb);
  const std::vector<std::uint8_t> options = segment_options(host, tcb, ctl, text.size());
  wire::Packet packet;
  packet.source = tcb.tuple.stack.address;
  if (host.defect(Fault::SourceAddressChanges) && tcb.timeouts > 0) ++packet.source.octets[3];
  packet.destination = tcb.tuple.peer.address;
  std::vector<std::uint8_t> ip_options;
  send_along(tcb.route, packet, ip_options);
  packet.hop_limit = host.defect(Fault::TtlIgnored) ? Settings().hop_limit : tcb.settings.hop_limit;
  packet.traffic_class = traffic_class(host, tcb, out);
  packet.segment.source_port = tcb.tuple.stack.port;
  packet.segment.destination_port = tcb.tuple.peer.port;
  packet.segment.seq = out.seq;
  packet.segment.ack = ack ? tcb.rcv_nxt : SeqNum(0);
  packet.segment.ctl = ctl;
  packet.segment.wnd = ctl.has(Flag::Rst) ? std::uint16_t{0} : window_field(host, tcb, ctl);
  packet.segment.options = options;
  packet.segment.payload = text;
  const bool ack_waits = !text.empty() || tcb.ack_due == AckDue::Delayed;
  if (host.defect(Fault::StaleAckField) && ack_waits) packet.segment.ack = tcb.last_ack_sent;
  if (host.defect(Fault::FinRetransmittedAtSndNxt) && ctl.has(Flag::Fin) && tcb.timeouts > 0) {
    packet.segment.seq = tcb.snd_nxt;
  }
  if (!text.empty()) set_urgent(host, tcb, packet.segment);
  host.emit(packet);
  if (!ack) return;
  if (host.defect(Fault::ScaledEdgeForgotten) && !ctl.has(Flag::Syn)) {
    tcb.rcv_wnd = SeqLen{packet.segment.wnd} << tcb.rcv_wind_shift;
  }
  if (!host.defect(Fault::DuplicateReportedAgain)) tcb.sack.duplicate.reset();
  tcb.last_ack_sent = tcb.rcv_nxt;
  tcb.ack_due = AckDue::No;
  host.stop_timer(tcb, TimerKind::DelayedAck);
}

}  // namespace

void send_ack(Host& host, Tcb& tcb) {
  if (host.defect(Fault::FinWait2Mute) && tcb.state == State::FinWait2) return;
  const SeqNum seq = tcb.snd_nxt + (host.defect(Fault::AckSequenceOneAhead) ? 1 : 0);
  send_segment(host, tcb, {.seq = seq, .ctl = Flag::Ack});
}

void send_keep_alive(Host& host, Tcb& tcb) {
  const std::array<std::uint8_t, 1> garbage{};
  const bool with_octet = tcb.settings.keep_alive_octet || host.defect(Fault::KeepAliveWithOctet);
  send_segment(host, tcb,
               {.seq = tcb.snd_nxt - 1,
                .ctl = Flag::Ack,
                .text = wire::Octets(garbage).first(with_octet ? 1 : 0)});
}

void send_syn(Host& host, Tcb& tcb) {
  Flags ctl = tcb.state == State::SynSent ? Flags(Flag::Syn) : Flag::Syn | Flag::Ack;
  ctl |= ecn_setup_flags(host, tcb, ctl);
  if (host.defect(Fault::EceOnSynAck) && ctl.has(Flag::Ack)) ctl |= Flag::Ece;
  const bool shifted = host.defect(Fault::SynRetransmittedAtSndNxt) && tcb.syn_retransmitted;
  send_segment(host, tcb, {.seq = shifted ? tcb.snd_nxt : tcb.iss, .ctl = ctl});
}

void send_rst(Host& host, Tcb& tcb) {
  send_segment(host, tcb, {.seq = tcb.snd_nxt, .ctl = Flag::Rst});
}

void send_stream_segment(Host& host, Tcb& tcb, const StreamSegment& segment) {
  const SeqLen offset = distance(tcb.send_queue_begin, segment.seq);
  TCPROVE_CHECK(segment.text == 0 || std::size_t{offset} + segment.text <= tcb.send_queue.size(),
                "a segment holds what SEND never handed over");
  const auto begin = tcb.send_queue.begin() + (segment.text == 0 ? 0 : offset);
  std::vector<std::uint8_t> text(begin, begin + segment.text);
  if (host.defect(Fault::RetransmittedOctetsDiffer) && tcb.timeouts > 0) std::ranges::reverse(text);
  const bool probe = tcb.snd_wnd == 0 && segment.text == 1;
  if (host.defect(Fault::ProbeWrongOctet) && probe) text.front() = tcb.send_queue.back();
  Flags ctl = host.defect(Fault::AckBitMissing) ? Flags() : Flags(Flag::Ack);
  // MUST-61: the segment that empties the send queue is pushed.
  if (segment.text > 0 && segment.seq + segment.text == tcb.send_queue_end()) ctl |= Flag::Psh;
  if (host.defect(Fault::LastSegmentNotPushed)) ctl = Flag::Ack;
  if (segment.fin) ctl |= Flag::Fin;
  if (segment.text > 0) ctl |= reduced_flag(host, tcb, segment.first_time);
  send_segment(host, tcb,
               {.seq = segment.seq,
                .ctl = ctl,
                .text = text,
                .ecn_capable = segment.text > 0 && is_ecn_capable(host, tcb, segment)});
  tcb.last_sent_at = host.now();
}

void reply_rst(Host& host, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  wire::Packet packet;
  packet.source = arrival.tuple.stack.address;
  packet.destination = arrival.tuple.peer.address;
  std::vector<std::uint8_t> ip_options;
  send_along(arrival.way_back, packet, ip_options);
  packet.segment.source_port = arrival.tuple.stack.port;
  packet.segment.destination_port = arrival.tuple.peer.port;
  if (seg.ctl.has(Flag::Ack)) {
    packet.segment.seq = seg.ack;
    packet.segment.ctl = Flag::Rst;
  } else {
    packet.segment.seq = SeqNum(0);
    packet.segment.ack = seg.seq + seg.len();
    packet.segment.ctl = Flag::Rst | Flag::Ack;
    if (host.defect(Fault::RstAckWithoutCarry)) {
      const std::uint32_t seq = seg.seq.raw();
      packet.segment.ack = SeqNum((seq & ~0xffU) | ((seq + seg.len()) & 0xffU));
    }
  }
  if (host.defect(Fault::RstAlwaysAtZero)) packet.segment.seq = SeqNum(0);
  if (host.defect(Fault::RstOmitsFin) && seg.ctl.has(Flag::Fin)) {
    packet.segment.ack = packet.segment.ack - 1;
  }
  // RFC 7323 section 5.2: the option is echoed, with nothing of our own to tell.
  std::vector<std::uint8_t> options;
  const auto timestamps = read_options(host, seg.options).timestamps;
  if (timestamps && !host.defect(Fault::RstWithoutTimestamps)) {
    wire::append(wire::NoOperation{}, options);
    wire::append(wire::NoOperation{}, options);
    wire::append(wire::Timestamps{.tsval = 0, .tsecr = timestamps->tsval}, options);
  }
  if (host.defect(Fault::RstEchoesOptions)) {
    options.assign(seg.options.begin(), seg.options.end());
  }
  packet.segment.options = options;
  host.emit(packet);
}

void send_challenge_ack(Host& host, Tcb& tcb) {
  std::erase_if(tcb.challenge_acks,
                [&](base::Instant at) { return host.now() - at >= kChallengeAckPeriod; });
  const bool limited = !host.defect(Fault::ChallengeAckUnlimited);
  if (limited && tcb.challenge_acks.size() >= kChallengeAcksMax) return;
  tcb.challenge_acks.push_back(host.now());
  send_ack(host, tcb);
}

}  // namespace tcprove::adapter::reference
