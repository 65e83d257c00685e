#pragma once

#include <chrono>
#include <string>

namespace tcprove::base {

/// A length of virtual time; whole nanoseconds, so that every stack's tick is exact.
using Duration = std::chrono::nanoseconds;

/// The clock that a run starts at zero; it has no now(): the engine owns it.
struct VirtualClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<VirtualClock, Duration>;
  static constexpr bool is_steady = true;
};

/// A point in virtual time, counted from the stack's reset.
using Instant = VirtualClock::time_point;

/// Prints with the largest unit that is exact: `2min`, `119s`, `250us`, `7ns`, `0s`; past a second
/// with up to three decimals: `1.5s`. The scenario language reads what this prints.
std::string to_string(Duration d);

}  // namespace tcprove::base
