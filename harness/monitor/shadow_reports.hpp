#pragma once

#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// What the user is to be told without having asked (RFC 9293 section 3.9.1.8).
struct ShadowReports {
  bool unwanted = false;                   ///< The user does without, or did at some time.
  bool silenced = false;                   ///< It does without since there was nothing to tell of.
  bool icmp = false;                       ///< It must be told of an ICMP error,
  bool icmp_possible = false;              ///< and may be told of one.
  bool trouble_told = false;               ///< It was told of retransmissions.
  bool resent = false;                     ///< Something was sent again.
  bool urgent = false;                     ///< It must be told of urgent data.
  bool hard_error = false;                 ///< ICMP said that nobody takes the SYN.
  std::optional<wire::SeqNum> urgent_end;  ///< RCV.UP surely is at least this,
  std::optional<wire::SeqNum> urgent_end_possible;  ///< and at most this.
  wire::SeqLen read = 0;  ///< So much the user had read when RCV.UP came there.
};

/// Answers of the stack's that may be limited (RFC 5961 section 7), as far as they are counted.
struct ShadowLimits {
  base::Instant challenges_since;  ///< When the challenge ACKs began.
  unsigned challenges = 0;
  base::Instant answers_since;  ///< When the answers of any kind began.
  unsigned answers = 0;
};

}  // namespace tcprove::monitor
