#include "harness/adapter/reference/connection.hpp"

#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {

using tcp::State;

void flush_queues(Tcb& tcb) {
  tcb.send_queue.clear();
  tcb.receive_queue.clear();
  tcb.reassembly.clear();
}

void enter_closed(Host& host, Tcb& tcb) {
  tcb.state = State::Closed;
  host.stop_all_timers(tcb);
}

void end_connection(Host& host, Tcb& tcb, tcp::CallStatus error) {
  tcb.pending_error = error;
  flush_queues(tcb);
  enter_closed(host, tcb);
}

void enter_established(Host& host, Tcb& tcb) {
  tcb.state = tcb.close_requested ? State::FinWait1 : State::Established;
  if (host.defect(Fault::WindowQuarteredAtOpen)) tcb.rcv_wnd /= 4;
  tcb.was_established = true;
  tcb.established_order = host.next_number();
}

void enter_time_wait(Host& host, Tcb& tcb) {
  if (host.defect(Fault::TimeWaitNotRestarted) && tcb.state == State::TimeWait) return;
  tcb.state = State::TimeWait;
  host.stop_all_timers(tcb);
  if (host.defect(Fault::TimeWaitForever)) return;
  if (host.defect(Fault::KeepAliveInTimeWait) && tcb.settings.keep_alive) {
    host.start_timer(tcb, TimerKind::KeepAlive, tcb.settings.keep_alive_interval);
  }
  host.start_timer(tcb, TimerKind::TimeWait, host.defect(Fault::TimeWaitOneMsl) ? kMsl : 2 * kMsl);
}

void finish_event(Host& host, Tcb& tcb) {
  if (tcb.state == State::Closed) return;
  send_what_is_allowed(host, tcb);
  if (host.defect(Fault::AckSentTwice) && tcb.ack_due == AckDue::Now) {
    send_ack(host, tcb);
    tcb.ack_due = AckDue::Now;
  }
  if (tcb.ack_due == AckDue::Now) send_ack(host, tcb);
  schedule_timers(host, tcb);
}

}  // namespace tcprove::adapter::reference
