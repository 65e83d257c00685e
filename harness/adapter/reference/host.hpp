#pragma once

#include <cstdint>
#include <optional>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/reference/faults.hpp"
#include "harness/adapter/reference/tcb.hpp"
#include "harness/adapter/reference/timer_queue.hpp"
#include "harness/base/virtual_time.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::reference {

/// What all connections of the stack share: the clock, the timers, the secret and the way to the
/// wire.
class Host {
 public:
  /// Lifetime: keeps `outbox`.
  Host(Outbox& outbox, const ResetOptions& options, std::optional<Fault> fault);

  /// Whether the stack is to make this mistake.
  [[nodiscard]] bool defect(Fault fault) const { return fault_ == fault; }

  [[nodiscard]] base::Instant now() const { return now_; }
  void set_now(base::Instant now) { now_ = now; }
  /// What the clock shows that ISNs and timestamps are taken from; it ran before the reset.
  [[nodiscard]] base::Instant clock() const { return now_ + clock_at_reset_; }
  [[nodiscard]] const wire::IpAddress& address() const { return address_; }
  [[nodiscard]] const TimerQueue& timers() const { return timers_; }

  void start_timer(const Tcb& tcb, TimerKind kind, base::Duration after);
  void stop_timer(const Tcb& tcb, TimerKind kind) { timers_.stop(tcb.id, kind); }
  void stop_all_timers(const Tcb& tcb) { timers_.stop_all(tcb.id); }
  [[nodiscard]] bool timer_running(const Tcb& tcb, TimerKind kind) const {
    return timers_.running(tcb.id, kind);
  }

  /// The ISS of a connection that is opened now: the planned one, or RFC 6528's.
  [[nodiscard]] wire::SeqNum select_iss(const wire::FourTuple& tuple) const;
  void plan_iss(wire::SeqNum iss) { planned_iss_ = iss; }

  /// The timestamp clock of a connection, one tick a millisecond (RFC 7323 section 5.4); it begins
  /// at another value for each four-tuple and goes on from one incarnation to the next.
  [[nodiscard]] std::uint32_t timestamp_clock(const wire::FourTuple& tuple) const;

  /// A seed for choices that no RFC fixes, as where ephemeral ports begin.
  [[nodiscard]] std::uint64_t secret() const { return secret_; }

  /// Numbers that grow from 1: handles, and the order in which connections are established.
  std::uint32_t next_number() { return ++last_number_; }

  /// Hands a packet to the wire, now.
  void emit(const wire::Packet& packet);

 private:
  Outbox& outbox_;
  wire::IpAddress address_;
  std::optional<Fault> fault_;
  base::Duration clock_at_reset_;
  base::Instant now_;  ///< Since the reset.
  TimerQueue timers_;
  std::uint64_t secret_;
  std::optional<wire::SeqNum> planned_iss_;
  std::uint32_t last_number_ = 0;
  std::vector<std::uint8_t> packet_;
};

}  // namespace tcprove::adapter::reference
