#pragma once

#include <cstdint>
#include <optional>

#include "harness/monitor/shadow_flight.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// The mark of RFC 3168 section 5, CE.
inline constexpr std::uint8_t kCongestionExperienced = 3;

/// What the SYNs agreed on of ECN (RFC 3168 section 6.1.1).
struct ShadowEcn {
  bool own_asks = false;       ///< The stack's SYN has ECE and CWR.
  bool own_grants = false;     ///< Its SYN,ACK has ECE and not CWR.
  bool peer_asks = false;      ///< The peer's SYN, likewise,
  bool peer_grants = false;    ///< and its SYN,ACK.
  bool own_declines = false;   ///< Another SYN or SYN,ACK of the stack's sets nothing up.
  bool peer_declines = false;  ///< So does one of the peer's: marks need not be echoed.
  bool accurate = false;       ///< It may be another way to use these bits (RFC 8311, RFC 9768).

  // What the stack has to tell its peer of (section 6.1.3).
  bool marked = false;         ///< A mark came, and no CWR that surely was taken since.
  bool marked_inside = false;  ///< The same, not counting what surely lay outside the window.
  std::optional<wire::SeqNum>
      mark_end;                         ///< It must have taken a mark up to here, and no CWR since.
  std::optional<wire::SeqNum> cwr_end;  ///< The latest CWR that it must have taken ends here.

  // What the peer told the stack of (section 6.1.2).
  std::optional<wire::SeqNum> reacted;  ///< SND.NXT when it may last have reduced its window.
  bool cwr_due = false;                 ///< The next new data must say that it did.
  std::optional<ShadowReduction> reduced;

  [[nodiscard]] bool agreed() const {
    return !own_declines && ((own_asks && peer_grants) || (peer_asks && own_grants));
  }
  /// The two bits mean what RFC 3168 says.
  [[nodiscard]] bool classic() const { return agreed() && !accurate && !peer_declines; }
};

/// What the stack's SACK blocks told.
struct ShadowSack {
  std::optional<wire::Sack::Block> first;  ///< Of the latest ones, beyond the ACK.
  std::optional<wire::SeqNum> told_up_to;  ///< Where what is held beyond a gap ends.
  unsigned unanswered = 0;                 ///< Segments with data since the stack's latest one.
};

}  // namespace tcprove::monitor
