#pragma once

#include <algorithm>
#include <optional>

#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// No IP host need send smaller segments for its own sake: the least MTU in use on a slow line is
/// 296 octets.
inline constexpr wire::SeqLen kLeastMss = 256;

/// How far windows were opened, and how large the segments in them were (RFC 9293 section 3.8.6.2).
struct ShadowSizes {
  wire::SeqLen announced_most = 0;        ///< The largest window that the stack announced.
  wire::SeqLen largest_sent = 0;          ///< Octets of data in a segment of the stack's.
  std::optional<wire::SeqNum> small_end;  ///< The last small segment of new data ends here.

  /// Whether a segment with so much data is surely smaller than the stack's Eff.snd.MSS, where the
  /// peer's MSS is `mss`.
  [[nodiscard]] bool is_small(wire::SeqLen octets, wire::SeqLen mss) const {
    constexpr wire::SeqLen kOptionsMax = 80;  // 40 of TCP and 40 of IPv4.
    const wire::SeqLen least = std::min(kLeastMss, mss > kOptionsMax ? mss - kOptionsMax : 1);
    return octets < std::max(least, largest_sent);
  }
};

}  // namespace tcprove::monitor
