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
bool window_is_probed(const Host& host, const Tcb& tcb) {
  if (host.defect(Fault::WindowProbeOnlyWhenEstablished) && tcb.state != State::Established) {
    return false;
  }
  if (host.defect(Fault::ShrunkToZeroNotProbed) && tcb.outstanding() > 0) return false;
  return tcb.syn_acked && tcb.snd_wnd == 0 && undelivered(tcb);
}

/// Where a mistake leaves something outstanding without a timer.
bool is_not_retransmitted(const Host& host, const Tcb& tcb) {
  const bool fin_alone = tcb.fin_sent && tcb.outstanding() == 1;
  const auto uptime = std::chrono::floor<std::chrono::milliseconds>(host.now().time_since_epoch());
  const bool negative = (static_cast<std::uint32_t>(uptime.count()) >> 31U) != 0;
  return (host.defect(Fault::SynAckNotRetransmitted) && !tcb.syn_acked) ||
         (host.defect(Fault::SynAckTimerSigned) && !tcb.syn_acked && negative) ||
         (host.defect(Fault::FinNotRetransmitted) && fin_alone);
}

std::optional<base::Duration> user_timeout_of(const Host& host, const Tcb& tcb) {
  const bool established = tcb.state == State::Established;
  if (host.defect(Fault::NeverAborts)) return std::nullopt;
  if (host.defect(Fault::NeverAbortsAfterClose) && !established) return std::nullopt;
  const bool opening = tcb.state == State::SynSent;
  if (host.defect(Fault::SynGivenUpEarly) && opening) return std::chrono::minutes(1);
  if (host.defect(Fault::AbortsEarly)) return std::chrono::seconds(5);
  if (host.defect(Fault::UserTimeoutIgnored)) return Settings().user_timeout;
  return tcb.settings.user_timeout;
}

void keep_running(Host& host, const Tcb& tcb, TimerKind kind, base::Duration after) {
  const bool restarted =
      host.defect(Fault::RtxTimerAlwaysRestarted) && kind == TimerKind::Retransmission;
  if (restarted || !host.timer_running(tcb, kind)) host.start_timer(tcb, kind, after);
}

void schedule_probe(Host& host, Tcb& tcb) {
  if (host.timer_running(tcb, TimerKind::WindowProbe) || host.defect(Fault::NoWindowProbe)) return;
  // SHLD-29: first after one RTO; SHLD-30: then the interval grows exponentially.
  tcb.probe_interval = tcb.window_probes == 0 || host.defect(Fault::WindowProbeNoBackoff)
                           ? tcb.rto.current()
                           : std::min(2 * tcb.probe_interval, RetransmissionTimeout::kMax);
  if (host.defect(Fault::FirstProbeAtOnce) && tcb.window_probes == 0) {
    tcb.probe_interval = std::chrono::milliseconds(1);
  }
  host.start_timer(tcb, TimerKind::WindowProbe, tcb.probe_interval);
}

/// Section 3.8.4: only where the user asked for it and nothing is outstanding (MUST-26).
bool keep_alive_is_due(const Host& host, const Tcb& tcb) {
  const bool open = tcb.state == State::Established || tcb.state == State::CloseWait;
  const bool wanted = tcb.settings.keep_alive || host.defect(Fault::KeepAliveByDefault);
  return wanted && open && (!undelivered(tcb) || host.defect(Fault::KeepAliveWhileOutstanding));
}

/// MUST-27, MUST-28.
base::Duration keep_alive_interval(const Host& host, const Settings& settings) {
  const base::Duration least = Settings().keep_alive_interval;
  if (host.defect(Fault::KeepAliveIntervalIgnored)) return least;
  const bool by_default = settings.keep_alive_interval == least;
  if (host.defect(Fault::KeepAliveTooEarly) && by_default) return least / 12;
  return settings.keep_alive_interval;
}

}  // namespace

void schedule_timers(Host& host, Tcb& tcb) {
  if (tcb.state == State::Closed || tcb.state == State::TimeWait) return;

  const bool probing = window_is_probed(host, tcb);
  if (probing) {
    schedule_probe(host, tcb);
  } else {
    host.stop_timer(tcb, TimerKind::WindowProbe);
  }

  // RFC 6298 (5.1), (5.2). A closed window is probed instead.
  const bool waits = tcb.outstanding() > 0 || tcb.ecn.waits;
  if (waits && !probing && !is_not_retransmitted(host, tcb)) {
    const base::Duration rto = tcb.rto.current();
    keep_running(host, tcb, TimerKind::Retransmission,
                 host.defect(Fault::RtoTooLow) ? rto / 5 : rto);
  } else {
    host.stop_timer(tcb, TimerKind::Retransmission);
  }

  const auto user_timeout = user_timeout_of(host, tcb);
  const bool waits = undelivered(tcb) || host.defect(Fault::UserTimeoutWhileIdle);
  if (waits && user_timeout) {
    keep_running(host, tcb, TimerKind::UserTimeout, *user_timeout);
  } else {
    host.stop_timer(tcb, TimerKind::UserTimeout);
  }

  // Text that waits while nothing is outstanding waits for a larger window, and no ACK will come.
  const bool overridden = !host.defect(Fault::SillyWindowDeadlock);
  if (overridden && tcb.syn_acked && !probing && !waits && tcb.unsent_text() > 0) {
    keep_running(host, tcb, TimerKind::SwsOverride, kSwsOverride);
  } else {
    host.stop_timer(tcb, TimerKind::SwsOverride);
  }

  const bool acks_for_ever = host.defect(Fault::AckTimerLoop) && tcb.was_established;
  if (tcb.ack_due == AckDue::Delayed || acks_for_ever) {
    keep_running(host, tcb, TimerKind::DelayedAck,
                 host.defect(Fault::DelayedAckTooLate) ? 3 * kDelayedAck : kDelayedAck);
  }

  if (keep_alive_is_due(host, tcb)) {
    keep_running(host, tcb, TimerKind::KeepAlive, keep_alive_interval(host, tcb.settings));
  } else {
    host.stop_timer(tcb, TimerKind::KeepAlive);
  }
}

}  // namespace tcprove::adapter::reference
