#include "harness/profile/watch.hpp"

#include <algorithm>
#include <variant>

#include "harness/wire/options.hpp"

namespace tcprove::profile {

using base::Duration;
using tcp::State;
using wire::Flag;
using wire::Segment;

namespace {

constexpr std::uint8_t kShiftMax = 14;  // RFC 7323 section 2.3.
constexpr std::uint16_t kEthernetMss = 1460;
constexpr wire::SeqLen kHalfCircle = 0x8000'0000U;

OptionSet bit_of(const wire::Option& option) {
  const std::uint8_t kind = wire::kind_of(option);
  if (std::holds_alternative<wire::EndOfList>(option) ||
      std::holds_alternative<wire::NoOperation>(option)) {
    return 0;
  }
  const auto known = std::ranges::find(kOptionKinds, kind);
  return OptionSet{1} << (known - kOptionKinds.begin());
}

std::optional<std::uint8_t> shift_of(const Segment& syn) {
  const auto option = wire::find_option<wire::WindowScale>(syn.options);
  if (!option) return std::nullopt;
  return std::min(option->shift, kShiftMax);
}

bool is_gone(State state) { return state == State::Closed || state == State::Listen; }

}  // namespace

void Watch::at(base::Instant now) {
  if (now == now_) return;
  before_ = now_;
  now_ = now;
}

/// Nothing that the stack does from here on is by a timer alone that runs already.
void Watch::disturbed() {
  disturbed_at_ = now_;
  front_.reset();
  window_probing_.reset();
  keeping_alive_.reset();
}

void Watch::arrived(const Segment& segment) {
  const bool idle = !awaited_ack_;
  disturbed();
  close_flight();
  time_wait_since_.reset();
  awaited_ack_.reset();
  wire_at_ = now_;
  const bool syn = segment.ctl.has(Flag::Syn);
  if (syn) {
    peer_syn_seen_ = true;
    const auto mss = wire::find_option<wire::MaximumSegmentSize>(segment.options);
    peer_mss_ = mss ? std::optional(mss->octets) : std::nullopt;
    peer_shift_ = shift_of(segment);
  }
  const bool bare = segment.len() == 0 && !segment.ctl.has(Flag::Rst);
  const bool repeats = bare && outstanding() && segment.ctl.has(Flag::Ack) &&
                       segment.ack == snd_una_ && segment.wnd == peer_wnd_field_;
  duplicates_ = repeats ? duplicates_ + 1 : 0;
  peer_wnd_field_ = segment.wnd;
  const bool scaled = !syn && shift_ && peer_shift_;
  peer_wnd_ = std::uint32_t{segment.wnd} << (scaled ? *peer_shift_ : 0U);
  if (segment.ctl.has(Flag::Ack) && wire::after_up_to(snd_una_, segment.ack, snd_nxt_)) {
    snd_una_ = segment.ack;
  }
  const bool plain = !syn && !segment.ctl.has(Flag::Fin) && !segment.ctl.has(Flag::Rst) &&
                     !segment.ctl.has(Flag::Urg) && segment.ctl.has(Flag::Ack);
  if (idle && plain && !segment.payload.empty() && rcv_nxt_ == segment.seq) {
    awaited_ack_ = {.since = now_, .ack = segment.seq + segment.len()};
  }
}

void Watch::called(const trace::Event& event) {
  disturbed();
  time_wait_since_.reset();
  awaited_ack_.reset();
  taken_ += event.took;
  if (event.call != tcp::CallKind::Set) return;
  switch (event.option) {
    case tcp::UserOption::Ttl:
      ttl_set_ = true;
      break;
    case tcp::UserOption::UserTimeout:
      user_timeout_set_ = true;
      break;
    case tcp::UserOption::KeepAlive:
      keep_alive_ = event.value != 0;
      break;
    case tcp::UserOption::KeepAliveInterval:
      interval_set_ = true;
      break;
    case tcp::UserOption::NoDelay:
    case tcp::UserOption::Dscp:
    case tcp::UserOption::ErrorReports:
    case tcp::UserOption::Ecn:
    case tcp::UserOption::KeepAliveOctet:
    case tcp::UserOption::SourceRoute:
      break;
  }
}

void Watch::emitted(const wire::Packet& packet) {
  const Segment& segment = packet.segment;
  const bool reset = segment.ctl.has(Flag::Rst);
  note_options(segment);
  if (!ttl_set_) add(Quantity::HopLimit, std::int64_t{packet.hop_limit});
  if (segment.ctl.has(Flag::Syn) && (!syn_seen_ || segment.seq != iss_)) opened(packet);
  if (reset) {
    note_given_up();
    wire_at_ = now_;
    return;
  }
  note_sizes(packet);
  if (!note_keep_alive(segment) && !note_window_probe(segment)) {
    const wire::SeqLen fresh = distance(snd_nxt_, segment.seq + segment.len());
    if (segment.len() > 0 && fresh > 0 && fresh < kHalfCircle) {
      note_new_octets(segment);
    } else if (segment.len() > 0) {
      note_repeated(segment);
    }
  }
  note_ack(segment);
  wire_at_ = now_;
}

void Watch::opened(const wire::Packet& packet) {
  const Segment& syn = packet.segment;
  if (!iss_planned_) {
    constexpr Duration kMeasurable = std::chrono::milliseconds(100);
    const auto ahead = static_cast<std::int32_t>(distance(iss_, syn.seq));
    if (now_ == base::Instant()) add(Quantity::IssAtReset, std::int64_t{syn.seq.raw()});
    if (syn_seen_ && now_ - iss_at_ >= kMeasurable) {
      const auto milliseconds = (now_ - iss_at_) / std::chrono::milliseconds(1);
      add(Quantity::IssPerSecond, std::int64_t{ahead} * 1000 / milliseconds);
    }
  }
  syn_seen_ = true;
  iss_ = snd_una_ = snd_nxt_ = syn.seq;
  iss_at_ = now_;
  shift_ = shift_of(syn);
  window_seen_ = flight_over_ = false;
  flight_.reset();
  front_.reset();
  taken_ = 0;
  rcv_nxt_.reset();
  const bool v4 = packet.source.version == wire::IpVersion::V4;
  if (const auto mss = wire::find_option<wire::MaximumSegmentSize>(syn.options)) {
    add(v4 ? Quantity::MssV4 : Quantity::MssV6, std::int64_t{mss->octets});
  }
  if (shift_) add(Quantity::WindowShift, std::int64_t{*shift_});
  add(Quantity::SynWindow, std::int64_t{syn.wnd});
}

void Watch::note_options(const Segment& segment) {
  wire::OptionReader reader(segment.options);
  OptionSet options = 0;
  while (const auto option = reader.next()) options |= bit_of(*option);
  if (!segment.ctl.has(Flag::Syn)) {
    facts_->on_others |= options;
  } else if (segment.ctl.has(Flag::Ack)) {
    facts_->on_syn_ack |= options;
  } else {
    facts_->on_syn |= options;
  }
}

void Watch::note_sizes(const wire::Packet& packet) {
  const Segment& segment = packet.segment;
  if (segment.ctl.has(Flag::Syn)) return;
  if (!window_seen_ && syn_seen_) {
    const bool scaled = shift_ && peer_shift_;
    add(Quantity::Window, std::int64_t{segment.wnd} << (scaled ? *shift_ : 0U));
    window_seen_ = true;
  }
  if (segment.payload.empty() || !peer_syn_seen_ || peer_mss_) return;
  const bool v4 = packet.source.version == wire::IpVersion::V4;
  add(v4 ? Quantity::DefaultMssV4 : Quantity::DefaultMssV6,
      static_cast<std::int64_t>(segment.payload.size()));
}

void Watch::note_new_octets(const Segment& segment) {
  if (!front_) {
    front_ = {.seq = segment.seq,
              .syn = segment.ctl.has(Flag::Syn),
              .ack = segment.ctl.has(Flag::Ack),
              .first = now_,
              .last = now_};
  }
  snd_nxt_ = segment.seq + segment.len();
  if (segment.payload.empty() || flight_over_) return;
  if (!flight_) flight_ = {.at = now_};
  if (flight_->at == now_) flight_->octets += static_cast<std::int64_t>(segment.payload.size());
}

void Watch::note_repeated(const Segment& segment) {
  if (segment.seq == snd_una_ && duplicates_ > 0 && now_ == disturbed_at_) {
    add(Quantity::FastRetransmitAcks, duplicates_);
    duplicates_ = 0;
  }
  if (!front_ || segment.seq != front_->seq || now_ == front_->last) return;
  const Duration interval = now_ - front_->last;
  if (front_->retransmissions == 0) {
    const Quantity of_syn = front_->ack ? Quantity::SynAckTimeout : Quantity::SynTimeout;
    add(front_->syn ? of_syn : Quantity::DataTimeout, interval);
  } else {
    add_interval(front_->syn ? Quantity::SynBackOff : Quantity::DataBackOff, interval,
                 front_->interval);
  }
  add(Quantity::LongestTimeout, interval);
  ++front_->retransmissions;
  front_->interval = interval;
  front_->last = now_;
}

void Watch::note_ack(const Segment& segment) {
  if (!segment.ctl.has(Flag::Ack)) return;
  rcv_nxt_ = segment.ack;
  if (awaited_ack_ && segment.len() == 0 && segment.ack == awaited_ack_->ack) {
    add(Quantity::AckDelay, now_ - awaited_ack_->since);
  }
  awaited_ack_.reset();
}

/// Whatever is sent into a closed window, but for ACKs of what came.
bool Watch::note_window_probe(const Segment& segment) {
  const bool waits = outstanding() || segment.len() > 0;
  const bool is_ack = segment.len() == 0 && segment.seq == snd_nxt_;
  if (!peer_syn_seen_ || segment.ctl.has(Flag::Syn) || peer_wnd_ != 0 || !waits || is_ack) {
    return false;
  }
  if (now_ == disturbed_at_) return false;
  const base::Instant since = window_probing_ ? window_probing_->last : disturbed_at_;
  const Duration interval = now_ - since;
  if (window_probing_ && window_probing_->interval > Duration::zero()) {
    add_interval(Quantity::ProbeBackOff, interval, window_probing_->interval);
  } else if (!window_probing_) {
    add(Quantity::ProbeTimeout, interval);
  }
  window_probing_ = {.last = now_, .interval = interval};
  const wire::SeqLen fresh = distance(snd_nxt_, segment.seq + segment.len());
  if (fresh > 0 && fresh < kHalfCircle) snd_nxt_ = segment.seq + segment.len();
  return true;
}

bool Watch::note_keep_alive(const Segment& segment) {
  const bool probe = segment.seq + 1 == snd_nxt_ && segment.payload.size() <= 1 &&
                     !segment.ctl.has(Flag::Syn) && !segment.ctl.has(Flag::Fin);
  if (!keep_alive_ || outstanding() || !probe) return false;
  if (keeping_alive_) {
    add(Quantity::KeepAliveInterval, now_ - keeping_alive_->last);
  } else if (!interval_set_) {
    add(Quantity::KeepAliveIdle, now_ - std::max(disturbed_at_, wire_at_));
  }
  keeping_alive_ = {.last = now_};
  return true;
}

/// An upper bound of the timeout, which the RFC allows from a minute on, is no back-off.
void Watch::add_interval(Quantity quantity, Duration now, Duration before) {
  constexpr Duration kDoubledWithinBounds = std::chrono::seconds(30);
  constexpr std::int64_t kThousand = 1000;
  if (before > kDoubledWithinBounds) return;
  const auto micro = std::chrono::microseconds(1);
  if (before / micro > 0) add(quantity, (now / micro) * kThousand / (before / micro));
}

void Watch::note_given_up() {
  if (!front_ || front_->retransmissions == 0) return;
  const bool syn = front_->syn;
  if (!syn && user_timeout_set_) return;
  add(syn ? Quantity::SynRetransmissions : Quantity::DataRetransmissions, front_->retransmissions);
  add(syn ? Quantity::SynGivenUpAfter : Quantity::DataGivenUpAfter, now_ - front_->first);
  front_.reset();
}

/// Only what the congestion window can have held back is a measure of it: a full segment waited
/// and the peer's window had room for it.
void Watch::close_flight() {
  if (!flight_ || flight_over_) return;
  flight_over_ = true;
  const std::int64_t octets = flight_->octets;
  if (peer_mss_ != kEthernetMss || taken_ < octets + kEthernetMss) return;
  if (std::int64_t{peer_wnd_} < octets + kEthernetMss) return;
  add(Quantity::InitialWindow, octets);
}

void Watch::state(State state) {
  if (time_wait_since_ && state != State::TimeWait) {
    add(Quantity::TimeWaitAtLeast, std::max(before_, *time_wait_since_) - *time_wait_since_);
    add(Quantity::TimeWaitAtMost, now_ - *time_wait_since_);
    time_wait_since_.reset();
  }
  if (state == State::TimeWait) time_wait_since_ = now_;
  if (is_gone(state)) note_given_up();
}

void Watch::end() {
  close_flight();
  if (time_wait_since_) add(Quantity::TimeWaitAtLeast, now_ - *time_wait_since_);
}

}  // namespace tcprove::profile
