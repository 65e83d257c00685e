#pragma once

#include <cstdint>

namespace tcprove::wire {

/// Octets of sequence space; SYN and FIN count one each.
using SeqLen = std::uint32_t;

/// A point on the circle of 2^32 sequence numbers (RFC 9293 section 3.4).
///
/// It has no order: `int32_t(a - b) < 0` would call both 0 < 2^31 and 2^31 < 0 true. Every test in
/// the RFC is membership of an arc: see distance() and SeqWindow.
class SeqNum {
 public:
  constexpr SeqNum() = default;
  constexpr explicit SeqNum(std::uint32_t raw) : raw_(raw) {}

  [[nodiscard]] constexpr std::uint32_t raw() const { return raw_; }

  constexpr bool operator==(const SeqNum&) const = default;
  friend constexpr SeqNum operator+(SeqNum s, SeqLen n) { return SeqNum(s.raw_ + n); }
  friend constexpr SeqNum operator-(SeqNum s, SeqLen n) { return SeqNum(s.raw_ - n); }
  constexpr SeqNum& operator+=(SeqLen n) { return *this = *this + n; }

 private:
  std::uint32_t raw_ = 0;
};

/// Steps forward from `from` to `to`, modulo 2^32.
constexpr SeqLen distance(SeqNum from, SeqNum to) { return to.raw() - from.raw(); }

/// Whether `s` lies on the arc (left, right], the RFC's `left < s =< right`; empty if they are
/// equal.
constexpr bool after_up_to(SeqNum left, SeqNum s, SeqNum right) {
  return s != left && distance(left, s) <= distance(left, right);
}

/// The arc [left, left+size).
struct SeqWindow {
  SeqNum left;
  SeqLen size = 0;

  [[nodiscard]] constexpr bool contains(SeqNum s) const { return distance(left, s) < size; }
  [[nodiscard]] constexpr SeqNum right() const { return left + size; }
};

}  // namespace tcprove::wire
