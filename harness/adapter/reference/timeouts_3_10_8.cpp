// RFC 9293 section 3.10.8, "Timeouts".

#include <utility>

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/output.hpp"
#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;

namespace {

/// "For any state if the user timeout expires, flush all queues, signal the user 'error: connection
/// aborted due to user timeout' ..., delete the TCB, enter the CLOSED state, and return." No
/// segment is called for.
void user_timeout(Host& host, Tcb& tcb) { end_connection(host, tcb, CallStatus::TimedOut); }

/// What Fault::SndNxtRewound does: SND.NXT goes back to what was sent again.
void rewind_snd_nxt(Tcb& tcb, wire::SeqNum next) {
  tcb.snd_nxt = next;
  tcb.fin_sent = tcb.fin_sent && next == tcb.send_queue_end() + 1;
}

/// "send the segment at the front of the retransmission queue again, reinitialize the
/// retransmission timer, and return": RFC 6298 (5.4) to (5.6), RFC 5681 section 3.1.
void retransmission_timeout(Host& host, Tcb& tcb) {
  if (std::exchange(tcb.ecn.waits, false) && tcb.outstanding() == 0) return;  // RFC 3168 6.1.2.
  const bool first = tcb.timeouts == 0;
  ++tcb.timeouts;
  if (host.defect(Fault::GivenUpAfterTwo) && tcb.timeouts > 2) return user_timeout(host, tcb);
  if (tcb.timeouts == kR1Retransmissions && !host.defect(Fault::RetransmissionUntold)) {
    tell(host, tcb, tcp::Report::ExcessiveRetransmission);  // SHLD-9
  }
  if (tcb.syn_acked) {
    if (!host.defect(Fault::NoSlowStartAfterTimeout)) {
      const bool window = host.defect(Fault::ThresholdFromWindow);
      tcb.congestion.on_timeout(tcb.snd_una,
                                window ? tcb.snd_una + tcb.congestion.cwnd() : tcb.snd_nxt, first);
      note_reduction(host, tcb);
    }
    const wire::SeqNum next = tcb.snd_una + retransmit_first(host, tcb);
    if (host.defect(Fault::SndNxtRewound)) return rewind_snd_nxt(tcb, next);
    tcb.resend_nxt.reset();
    if (next != tcb.snd_nxt) tcb.resend_nxt = next;
  } else {
    retransmit_first(host, tcb);
  }
  const bool capped =
      host.defect(Fault::RtoCappedLow) && tcb.rto.current() >= std::chrono::seconds(8);
  if (!host.defect(Fault::NoBackoff) && !capped) tcb.rto.back_off();
}

void keep_alive_timeout(Host& host, Tcb& tcb) {
  const bool impatient = host.defect(Fault::KeepAliveEndsAfterOne) && tcb.keep_alive_probes == 1;
  if (tcb.keep_alive_probes == kKeepAliveProbesMax || impatient) return user_timeout(host, tcb);
  ++tcb.keep_alive_probes;
  send_keep_alive(host, tcb);
  host.start_timer(tcb, TimerKind::KeepAlive, kKeepAliveProbeInterval);
}

}  // namespace

void timeout(Host& host, Tcb& tcb, TimerKind kind) {
  switch (kind) {
    case TimerKind::Retransmission:
      retransmission_timeout(host, tcb);
      break;
    case TimerKind::UserTimeout:
      user_timeout(host, tcb);
      break;
    case TimerKind::TimeWait:
      // "If the time-wait timeout expires on a connection, delete the TCB, enter the CLOSED state."
      enter_closed(host, tcb);
      break;
    case TimerKind::DelayedAck:
      tcb.ack_due = AckDue::Now;
      break;
    case TimerKind::WindowProbe:
      send_window_probe(host, tcb);
      break;
    case TimerKind::SwsOverride:
      send_after_override(host, tcb);
      break;
    case TimerKind::KeepAlive:
      keep_alive_timeout(host, tcb);
      break;
  }
}

}  // namespace tcprove::adapter::reference
