#pragma once

#include <optional>

#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// What the SYNs agreed on of ECN (RFC 3168 section 6.1.1).
struct ShadowEcn {
  bool own_asks = false;     ///< The stack's SYN has ECE and CWR.
  bool own_grants = false;   ///< Its SYN,ACK has ECE and not CWR.
  bool peer_asks = false;    ///< The peer's SYN, likewise,
  bool peer_grants = false;  ///< and its SYN,ACK.
  bool accurate = false;     ///< It may be another way to use these bits (RFC 8311, RFC 9768).

  [[nodiscard]] bool agreed() const {
    return (own_asks && peer_grants) || (peer_asks && own_grants);
  }
};

/// What the stack's SACK blocks told.
struct ShadowSack {
  std::optional<wire::SeqNum> told_up_to;  ///< Where what is held beyond a gap ends.
  unsigned unanswered = 0;                 ///< Segments with data since the stack's latest one.
};

}  // namespace tcprove::monitor
