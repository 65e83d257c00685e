// RFC 7323: PAWS (section 5.3), which timestamp is echoed (section 4.3), and samples of the
// round-trip time (section 4.1; without timestamps RFC 6298 section 3).

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {

using wire::Flag;

namespace {

/// Whether timestamp `a` is before `b`, on the circle of 2^32.
bool before(std::uint32_t a, std::uint32_t b) { return a != b && b - a < 0x8000'0000U; }

bool ts_recent_is_valid(const Host& host, const Tcb& tcb) {
  return host.now() - tcb.ts_recent_at <= kTsRecentLifetime || host.defect(Fault::TsRecentForEver);
}

}  // namespace

Then check_timestamps(Host& host, Tcb& tcb, const Arrival& arrival) {
  const wire::Segment& seg = arrival.seg;
  const bool exempt = seg.ctl.has(Flag::Rst) && !host.defect(Fault::RstSubjectToPaws);
  if (!tcb.timestamps || exempt || host.defect(Fault::NoPaws)) return Then::Continue;
  const auto timestamps = read_options(host, seg.options).timestamps;
  if (!timestamps) {
    if (host.defect(Fault::MissingTimestampEnds)) {
      end_connection(host, tcb, tcp::CallStatus::Reset);
      return Then::Return;
    }
    // Section 3.2: dropped in silence. A SYN is the one of a peer that has begun anew.
    const bool taken = seg.ctl.has(Flag::Syn) || host.defect(Fault::MissingTimestampTaken);
    return taken ? Then::Continue : Then::Return;
  }
  const bool old = host.defect(Fault::PawsUnsigned) ? timestamps->tsval < tcb.ts_recent
                                                    : before(timestamps->tsval, tcb.ts_recent);
  if (!old || !ts_recent_is_valid(host, tcb)) {
    return Then::Continue;
  }
  send_ack(host, tcb);
  return Then::Return;
}

void remember_timestamp(const Host& host, Tcb& tcb, const wire::Segment& seg) {
  if (!tcb.timestamps || seg.ctl.has(Flag::Rst)) return;
  if (host.defect(Fault::TimestampEchoFrozen)) return;
  const auto timestamps = read_options(host, seg.options).timestamps;
  if (!timestamps) return;
  // SEG.SEQ =< Last.ACK.sent: the earliest segment of those that one ACK covers is echoed.
  if (wire::distance(seg.seq, tcb.last_ack_sent) >= 0x8000'0000U) return;
  tcb.ts_recent = timestamps->tsval;
  tcb.ts_recent_at = host.now();
}

void take_rtt_sample(const Host& host, Tcb& tcb, const wire::Segment& seg) {
  if (host.defect(Fault::RttIgnored)) return;
  const bool echo_first = host.defect(Fault::EchoUnchecked) && tcb.timestamps && tcb.syn_acked;
  if (tcb.timed && !echo_first && wire::distance(tcb.timed->end, seg.ack) < 0x8000'0000U) {
    const int factor = host.defect(Fault::FirstSampleTripled) && !tcb.syn_acked ? 3 : 1;
    tcb.rto.sample(factor * (host.now() - tcb.timed->begun));
    tcb.timed.reset();
    return;
  }
  // Where Karn's algorithm has no measurement, the echo tells which copy arrived. A SYN that was
  // sent again gives none, so that RFC 6298 (5.7) has its three seconds.
  if ((tcb.timed && !echo_first) || !tcb.timestamps || !tcb.syn_acked) return;
  const auto timestamps = read_options(host, seg.options).timestamps;
  if (!timestamps) return;
  const std::uint32_t now = host.timestamp_clock(tcb.tuple);
  const std::chrono::milliseconds elapsed(now - timestamps->tsecr);
  // An echo of what was never sent is no measurement.
  const auto age = host.now().time_since_epoch();
  if (elapsed <= age || echo_first) tcb.rto.sample(elapsed);
}

}  // namespace tcprove::adapter::reference
