#include "harness/adapter/reference/host.hpp"

#include "harness/adapter/reference/isn_rfc6528.hpp"

namespace tcprove::adapter::reference {

Host::Host(Outbox& outbox, const ResetOptions& options, std::optional<Fault> fault)
    : outbox_(outbox),
      address_(options.stack),
      fault_(fault),
      clock_at_reset_(options.clock),
      secret_(options.seed * 0x9e3779b97f4a7c15U + 0x7f4a7c15U) {}

void Host::start_timer(const Tcb& tcb, TimerKind kind, base::Duration after) {
  constexpr base::Duration kTick = std::chrono::milliseconds(1);
  constexpr base::Instant kSignChanges{(std::int64_t{1} << 31U) * kTick};
  const bool seems_past = clock() < kSignChanges && clock() + after >= kSignChanges;
  if (seems_past && defect(Fault::DeadlineSign)) after = kTick;
  timers_.start({.at = now_ + after, .owner = tcb.id, .kind = kind});
}

wire::SeqNum Host::select_iss(const wire::FourTuple& tuple) const {
  if (planned_iss_) return *planned_iss_;
  if (defect(Fault::IssConstant)) return wire::SeqNum(1);
  if (defect(Fault::IssNotKeyed)) return initial_sequence_number({}, clock(), 0);
  if (defect(Fault::IssRunsBackwards)) {
    return initial_sequence_number(tuple, base::Instant() - clock().time_since_epoch(), secret_);
  }
  return initial_sequence_number(tuple, clock(), secret_);
}

std::uint32_t Host::timestamp_clock(const wire::FourTuple& tuple) const {
  const auto ticks = clock().time_since_epoch() / std::chrono::milliseconds(1);
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(ticks) +
                                    (keyed_hash(tuple, ~secret_) >> 32U));
}

void Host::emit(const wire::Packet& packet) {
  wire::Lies lies;
  if (defect(Fault::DataOffsetOmitsOptions) && !packet.segment.ctl.has(wire::Flag::Syn)) {
    lies.data_offset = 5;
  }
  if (defect(Fault::ChecksumOddWrong)) lies.checksum_bad = packet.segment.payload.size() % 2 == 1;
  wire::encode(packet, lies, packet_);
  outbox_.push(now_, packet_);
}

}  // namespace tcprove::adapter::reference
