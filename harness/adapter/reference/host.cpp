#include "harness/adapter/reference/host.hpp"

#include "harness/adapter/reference/isn_rfc6528.hpp"

namespace tcprove::adapter::reference {

Host::Host(Outbox& outbox, const wire::IpAddress& address, std::uint64_t seed)
    : outbox_(outbox), address_(address), secret_(seed * 0x9e3779b97f4a7c15U + 0x7f4a7c15U) {}

void Host::start_timer(const Tcb& tcb, TimerKind kind, base::Duration after) {
  timers_.start({.at = now_ + after, .owner = tcb.id, .kind = kind});
}

wire::SeqNum Host::select_iss(const wire::FourTuple& tuple) const {
  return planned_iss_.value_or(initial_sequence_number(tuple, now_, secret_));
}

std::uint32_t Host::timestamp_clock(const wire::FourTuple& tuple) const {
  const auto ticks = now_.time_since_epoch() / std::chrono::milliseconds(1);
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(ticks) +
                                    (keyed_hash(tuple, ~secret_) >> 32U));
}

void Host::emit(const wire::Packet& packet) {
  wire::encode(packet, {}, packet_);
  outbox_.push(now_, packet_);
}

}  // namespace tcprove::adapter::reference
