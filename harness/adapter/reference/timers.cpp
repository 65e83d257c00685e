#include <algorithm>

#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {

using tcp::State;

namespace {

bool undelivered(const Tcb& tcb) {
  return tcb.outstanding() > 0 || tcb.unsent_text() > 0 || tcb.fin_unsent();
}

/// Section 3.8.6.1: the window is closed and something waits for it, sent already or not.
bool window_is_probed(const Tcb& tcb) {
  return tcb.syn_acked && tcb.snd_wnd == 0 && undelivered(tcb);
}

void keep_running(Host& host, const Tcb& tcb, TimerKind kind, base::Duration after) {
  if (!host.timer_running(tcb, kind)) host.start_timer(tcb, kind, after);
}

void schedule_probe(Host& host, Tcb& tcb) {
  if (host.timer_running(tcb, TimerKind::WindowProbe)) return;
  // SHLD-29: first after one RTO; SHLD-30: then the interval grows exponentially.
  tcb.probe_interval = tcb.window_probes == 0
                           ? tcb.rto.current()
                           : std::min(2 * tcb.probe_interval, RetransmissionTimeout::kMax);
  host.start_timer(tcb, TimerKind::WindowProbe, tcb.probe_interval);
}

/// Section 3.8.4: only where the user asked for it and nothing is outstanding (MUST-26).
bool keep_alive_is_due(const Tcb& tcb) {
  const bool open = tcb.state == State::Established || tcb.state == State::CloseWait;
  return tcb.settings.keep_alive && open && !undelivered(tcb);
}

}  // namespace

void schedule_timers(Host& host, Tcb& tcb) {
  if (tcb.state == State::Closed || tcb.state == State::TimeWait) return;

  const bool probing = window_is_probed(tcb);
  if (probing) {
    schedule_probe(host, tcb);
  } else {
    host.stop_timer(tcb, TimerKind::WindowProbe);
  }

  // RFC 6298 (5.1), (5.2). A closed window is probed instead.
  if (tcb.outstanding() > 0 && !probing) {
    keep_running(host, tcb, TimerKind::Retransmission, tcb.rto.current());
  } else {
    host.stop_timer(tcb, TimerKind::Retransmission);
  }

  if (undelivered(tcb) && tcb.settings.user_timeout) {
    keep_running(host, tcb, TimerKind::UserTimeout, *tcb.settings.user_timeout);
  } else {
    host.stop_timer(tcb, TimerKind::UserTimeout);
  }

  // Text that waits while nothing is outstanding waits for a larger window, and no ACK will come.
  if (tcb.syn_acked && !probing && tcb.outstanding() == 0 && tcb.unsent_text() > 0) {
    keep_running(host, tcb, TimerKind::SwsOverride, kSwsOverride);
  } else {
    host.stop_timer(tcb, TimerKind::SwsOverride);
  }

  if (tcb.ack_due == AckDue::Delayed) {
    keep_running(host, tcb, TimerKind::DelayedAck, kDelayedAck);
  }

  if (keep_alive_is_due(tcb)) {
    keep_running(host, tcb, TimerKind::KeepAlive, tcb.settings.keep_alive_interval);
  } else {
    host.stop_timer(tcb, TimerKind::KeepAlive);
  }
}

}  // namespace tcprove::adapter::reference
