#include "harness/adapter/reference/congestion_rfc5681.hpp"

#include <algorithm>

namespace tcprove::adapter::reference {

using wire::distance;
using wire::SeqLen;
using wire::SeqNum;

namespace {

/// "arbitrarily high" (RFC 5681 section 3.1); no window is ever larger.
constexpr SeqLen kSsthreshInitial = 0x4000'0000;
constexpr SeqLen kCwndMax = 0x4000'0000;

constexpr std::uint32_t kDuplicateAcksForLoss = 3;

/// Whether `a` lies past `b`; both within a window of each other.
bool past(SeqNum a, SeqNum b) { return a != b && distance(b, a) < 0x8000'0000U; }

}  // namespace

SeqLen CongestionControl::initial_window() const {
  if (smss_ > 2190) return 2 * smss_;
  if (smss_ > 1095) return 3 * smss_;
  return 4 * smss_;
}

void CongestionControl::begin(SeqLen smss, bool syn_was_retransmitted, SeqNum iss) {
  smss_ = smss;
  cwnd_ = syn_was_retransmitted ? smss_ : initial_window();
  ssthresh_ = kSsthreshInitial;
  recover_ = reduced_ = iss;
}

void CongestionControl::restart_after_idle() { cwnd_ = std::min(cwnd_, initial_window()); }

bool CongestionControl::on_duplicate_ack(SeqNum snd_una, SeqNum snd_nxt) {
  ++duplicate_acks_;
  if (recovering_) {
    cwnd_ = std::min(cwnd_ + smss_, kCwndMax);
    return false;
  }
  if (duplicate_acks_ == 1) flight_before_duplicates_ = distance(snd_una, snd_nxt);
  if (duplicate_acks_ < kDuplicateAcksForLoss) {
    limited_transmit_ = duplicate_acks_ * smss_;
    return false;
  }
  if (duplicate_acks_ > kDuplicateAcksForLoss || !past(snd_una, recover_)) return false;
  // What limited transmit added does not count as FlightSize (RFC 5681 section 3.2 step 2).
  // Once for a window of data: a mark has halved it already (RFC 3168 section 6.1.2).
  if (past(snd_una, reduced_)) ssthresh_ = std::max(flight_before_duplicates_ / 2, 2 * smss_);
  cwnd_ = ssthresh_ + kDuplicateAcksForLoss * smss_;
  limited_transmit_ = 0;
  recover_ = reduced_ = snd_nxt;
  recovering_ = true;
  return true;
}

bool CongestionControl::on_new_ack(SeqLen acked, SeqNum snd_una, SeqNum snd_nxt) {
  duplicate_acks_ = 0;
  limited_transmit_ = 0;
  if (!recovering_) {
    grow(acked);
    return false;
  }
  if (!past(recover_, snd_una)) {
    const SeqLen flight = distance(snd_una, snd_nxt);
    cwnd_ = std::min(ssthresh_, std::max(flight, smss_) + smss_);
    recovering_ = false;
    return false;
  }
  cwnd_ -= std::min(acked, cwnd_);
  if (acked >= smss_) cwnd_ += smss_;
  cwnd_ = std::max(cwnd_, smss_);
  return true;
}

bool CongestionControl::on_echo(SeqNum ack, SeqLen flight, SeqNum snd_nxt) {
  if (recovering_ || !past(ack, reduced_)) return false;
  ssthresh_ = std::max(flight / 2, 2 * smss_);
  cwnd_ = std::min(cwnd_, ssthresh_);
  acked_in_avoidance_ = 0;
  reduced_ = snd_nxt;
  return true;
}

void CongestionControl::on_timeout(SeqNum snd_una, SeqNum snd_nxt, bool first) {
  if (first) ssthresh_ = std::max(distance(snd_una, snd_nxt) / 2, 2 * smss_);
  cwnd_ = smss_;  // LW
  acked_in_avoidance_ = 0;
  duplicate_acks_ = 0;
  limited_transmit_ = 0;
  recover_ = reduced_ = snd_nxt;
  recovering_ = false;
}

void CongestionControl::grow(SeqLen acked) {
  if (cwnd_ < ssthresh_) {
    cwnd_ = std::min(cwnd_ + std::min(acked, smss_), kCwndMax);
    return;
  }
  // By octets and not by ACKs, so that cutting an ACK in pieces gains nothing.
  acked_in_avoidance_ += acked;
  if (acked_in_avoidance_ < cwnd_) return;
  acked_in_avoidance_ -= cwnd_;
  cwnd_ = std::min(cwnd_ + smss_, kCwndMax);
}

}  // namespace tcprove::adapter::reference
