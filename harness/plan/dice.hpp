#pragma once

#include <cstddef>
#include <cstdint>

namespace tcprove::plan {

/// Random numbers from a seed, the same on every machine: SplitMix64.
///
/// Unlike the C++ library's engines it is made in no time, so that every plan can have one.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t roll() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31U);
  }

  /// 0 … count-1. Requires: `count` is not 0.
  std::size_t below(std::size_t count) { return roll() % count; }
  std::uint8_t octet() { return static_cast<std::uint8_t>(roll() >> 56U); }
  bool one_in(std::size_t count) { return below(count) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace tcprove::plan
