// New connections out of TIME-WAIT: RFC 6191 section 2 and RFC 9293 section 3.6.1 (MAY-2).

#include "harness/adapter/reference/arrives.hpp"

namespace tcprove::adapter::reference {

using tcp::State;
using wire::Flag;

namespace {

bool is_plain_syn(const wire::Segment& seg) {
  return seg.ctl.has(Flag::Syn) && !seg.ctl.any(Flag::Ack | Flag::Rst);
}

/// "higher than the last sequence number seen in the previous incarnation", which is the FIN's.
bool sequence_is_higher(const Tcb& tcb, const wire::Segment& seg) {
  return wire::distance(tcb.rcv_nxt, seg.seq) < 0x8000'0000U;
}

}  // namespace

wire::SeqNum select_iss_past(const Host& host, const Tcb& time_wait) {
  // As far on as RFC 793's clock goes in the time that the old segments could still live.
  constexpr wire::SeqLen kPast = 250'000;
  const wire::SeqNum iss = host.select_iss(time_wait.tuple);
  const bool past = wire::distance(time_wait.snd_nxt, iss) < 0x8000'0000U;
  return past ? iss : time_wait.snd_nxt + kPast;
}

bool may_reopen_from_time_wait(const Host& host, const Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  if (tcb.state != State::TimeWait || !is_plain_syn(seg)) return false;
  if (host.defect(Fault::TimeWaitBlindReuse)) return true;
  if (host.defect(Fault::TimeWaitNeverReopened)) return false;
  const auto timestamps = read_options(host, seg.options).timestamps;
  if (!timestamps || host.defect(Fault::TimeWaitTimestampUnused)) {
    return sequence_is_higher(tcb, seg);
  }
  if (!tcb.timestamps) return true;
  const std::uint32_t newer_by = timestamps->tsval - tcb.ts_recent;
  if (newer_by == 0) return sequence_is_higher(tcb, seg);
  return newer_by < 0x8000'0000U;
}

Then check_syn_in_time_wait(Host& host, Tcb& tcb, const Arrival& arrival) {
  // With timestamps the improved algorithm stands in the place of the first check: what it does not
  // admit is dropped in silence. Without them the SYN is judged as in any synchronized state.
  const wire::Segment& seg = arrival.seg;
  const bool judged = tcb.state == State::TimeWait && is_plain_syn(seg) &&
                      read_options(host, seg.options).timestamps.has_value();
  return judged && !may_reopen_from_time_wait(host, tcb, arrival) ? Then::Return : Then::Continue;
}

}  // namespace tcprove::adapter::reference
