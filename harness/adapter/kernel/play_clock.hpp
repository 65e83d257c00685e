#pragma once

#include <ctime>

#include "harness/base/virtual_time.hpp"

namespace tcprove::adapter::kernel {

/// The machine's monotonic clock in whole milliseconds, counted from the beginning of a play.
///
/// A finer clock would show how fast this machine is, not what TCP does; and what is at least, or
/// at most, so many milliseconds apart still is when both ends are cut.
class PlayClock {
 public:
  void restart() { start_ = read(CLOCK_MONOTONIC); }
  [[nodiscard]] base::Instant now() const { return cut(read(CLOCK_MONOTONIC) - start_); }

  /// The instant that the kernel stamped by the time of day.
  [[nodiscard]] base::Instant at(const timespec& stamp) const {
    return cut(read(CLOCK_MONOTONIC) - start_ - (read(CLOCK_REALTIME) - duration(stamp)));
  }

 private:
  static base::Instant cut(base::Duration d) {
    return base::Instant(std::chrono::floor<std::chrono::milliseconds>(d));
  }
  static base::Duration duration(const timespec& t) {
    return std::chrono::seconds(t.tv_sec) + base::Duration(t.tv_nsec);
  }
  static base::Duration read(clockid_t clock) {
    timespec t{};
    clock_gettime(clock, &t);
    return duration(t);
  }

  base::Duration start_{};
};

}  // namespace tcprove::adapter::kernel
