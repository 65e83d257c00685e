#include "harness/engine/connection_view.hpp"

#include "harness/wire/options.hpp"

namespace tcprove::engine {
namespace {

using wire::Flag;

constexpr wire::SeqLen kHalfCircle = 0x80000000U;

std::optional<std::uint8_t> offered_shift(const wire::Segment& syn) {
  if (syn.options.empty()) return std::nullopt;
  const auto option = wire::find_option<wire::WindowScale>(syn.options);
  if (!option) return std::nullopt;
  constexpr std::uint8_t kShiftMax = 14;  // RFC 7323 section 2.3.
  return option->shift > kShiftMax ? kShiftMax : option->shift;
}

}  // namespace

void ConnectionView::restart(wire::SeqNum peer_iss, std::optional<wire::SeqNum> stack_iss) {
  iss_ = snd_una_ = snd_nxt_ = stack_iss.value_or(wire::SeqNum());
  irs_ = rcv_nxt_ = peer_iss;
  snd_wnd_ = rcv_wnd_ = stack_tsval_ = 0;
  peer_shift_ = stack_shift_ = std::nullopt;
  stack_syn_seen_ = peer_syn_sent_ = false;
  other_syn_ = std::nullopt;
  sent_.restart(peer_iss);
  received_.restart(iss_);
}

void ConnectionView::adopt_peer_syn(wire::SeqNum seq) {
  irs_ = seq;
  sent_.restart(seq);
  other_syn_ = std::nullopt;
}

void ConnectionView::peer_sent(const wire::Segment& segment) {
  if (segment.ctl.has(Flag::Rst)) return;
  if (segment.ctl.has(Flag::Syn)) {
    if (!peer_syn_sent_) {
      peer_syn_sent_ = true;
      adopt_peer_syn(segment.seq);
    } else if (segment.seq != irs_) {
      // Perhaps a new connection, perhaps a stray that a live one challenges: the stack's answer
      // tells.
      other_syn_ = segment.seq;
      return;
    }
  }
  sent_.add(segment.seq, segment.len());
}

void ConnectionView::reached_stack(const wire::Segment& segment) {
  if (segment.ctl.has(Flag::Rst)) return;
  const bool syn = segment.ctl.has(Flag::Syn);
  if (syn) peer_shift_ = offered_shift(segment);
  const bool scaled = !syn && peer_shift_ && stack_shift_;
  snd_wnd_ = static_cast<std::uint32_t>(segment.wnd) << (scaled ? *peer_shift_ : 0U);
  if (segment.ctl.has(Flag::Ack) && after_up_to(snd_una_, segment.ack, snd_nxt_)) {
    snd_una_ = segment.ack;
  }
}

bool ConnectionView::is_novel(const wire::Segment& segment) const {
  if (segment.ctl.has(Flag::Syn) && (!stack_syn_seen_ || segment.seq != iss_)) return true;
  const wire::SeqLen fresh = distance(snd_nxt_, segment.seq + segment.len());
  return segment.len() > 0 && fresh > 0 && fresh < kHalfCircle;
}

void ConnectionView::stack_emitted(const wire::Segment& segment) {
  if (!segment.options.empty()) {
    const auto timestamps = wire::find_option<wire::Timestamps>(segment.options);
    if (timestamps) stack_tsval_ = timestamps->tsval;
  }
  const bool syn = segment.ctl.has(Flag::Syn);
  if (syn && (!stack_syn_seen_ || segment.seq != iss_)) {
    if (stack_syn_seen_) {  // A new incarnation: the peer's numbers begin again with its SYN.
      sent_.restart(irs_);
      peer_syn_sent_ = segment.ctl.has(Flag::Ack);
    }
    stack_syn_seen_ = true;
    iss_ = snd_una_ = snd_nxt_ = segment.seq;
    received_.restart(segment.seq);
    stack_shift_ = offered_shift(segment);
  }
  if (segment.ctl.has(Flag::Rst)) return;
  const wire::SeqLen fresh = distance(snd_nxt_, segment.seq + segment.len());
  if (segment.len() > 0 && fresh < kHalfCircle) snd_nxt_ = segment.seq + segment.len();
  if (!segment.ctl.has(Flag::Ack)) return;
  if (syn && other_syn_ && segment.ack == *other_syn_ + 1) adopt_peer_syn(*other_syn_);
  if (syn && segment.ack == irs_ + 1 && sent_.next() == irs_) sent_.add(irs_, 1);
  rcv_nxt_ = segment.ack;
  const bool scaled = !syn && peer_shift_ && stack_shift_;
  rcv_wnd_ = static_cast<std::uint32_t>(segment.wnd) << (scaled ? *stack_shift_ : 0U);
}

void ConnectionView::reached_peer(const wire::Segment& segment) {
  if (!segment.ctl.has(Flag::Rst)) received_.add(segment.seq, segment.len());
}

}  // namespace tcprove::engine
