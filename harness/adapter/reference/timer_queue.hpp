#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "harness/base/virtual_time.hpp"
#include "harness/tcp/user_call.hpp"

namespace tcprove::adapter::reference {

/// What a connection may wait for; at most one timer of each kind runs for it.
enum class TimerKind : std::uint8_t {
  Retransmission,  ///< RFC 6298 section 5.
  UserTimeout,     ///< RFC 9293 section 3.10.8; it is R2 of section 3.8.3 too.
  TimeWait,        ///< 2 MSL.
  DelayedAck,      ///< RFC 9293 section 3.8.6.3.
  WindowProbe,     ///< RFC 9293 section 3.8.6.1.
  SwsOverride,     ///< RFC 9293 section 3.8.6.2.1, rule 4.
  KeepAlive,       ///< RFC 9293 section 3.8.4.
};

/// A running timer of the connection `owner`.
struct Timer {
  base::Instant at;
  tcp::Handle owner = tcp::kNoHandle;
  TimerKind kind = TimerKind::Retransmission;

  friend bool operator<(const Timer& a, const Timer& b) {
    return std::tie(a.at, a.owner, a.kind) < std::tie(b.at, b.owner, b.kind);
  }
};

/// All running timers, in the order in which they fire: by instant, then by owner and kind, so that
/// a run is repeatable.
class TimerQueue {
 public:
  /// Starts the timer; one that runs already is moved to `at`.
  void start(const Timer& timer);
  void stop(tcp::Handle owner, TimerKind kind);
  void stop_all(tcp::Handle owner);
  [[nodiscard]] bool running(tcp::Handle owner, TimerKind kind) const;

  /// The next one to fire; nothing where none runs.
  [[nodiscard]] std::optional<Timer> next() const;

 private:
  std::set<Timer> in_order_;
  std::map<std::pair<tcp::Handle, TimerKind>, base::Instant> by_owner_;
};

}  // namespace tcprove::adapter::reference
