#pragma once

#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// Half of the 2^32 numbers. No window is larger than a quarter (RFC 7323 section 2.3), so two
/// numbers of one stream that are in use at the same time are never that far apart.
inline constexpr wire::SeqLen kHalfCircle = 0x8000'0000;

/// Whether `s` lies on the half of the circle that follows `from`.
///
/// Requires: both are numbers of one stream that may be in use at the same time.
constexpr bool ahead(wire::SeqNum s, wire::SeqNum from) {
  return s != from && distance(from, s) < kHalfCircle;
}

/// The one of two numbers that the stream reaches later; requires what ahead() requires.
constexpr wire::SeqNum further(wire::SeqNum a, wire::SeqNum b) { return ahead(b, a) ? b : a; }

}  // namespace tcprove::monitor
