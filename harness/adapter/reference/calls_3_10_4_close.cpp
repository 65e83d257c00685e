// RFC 9293 section 3.10.4, "CLOSE Call".

#include <utility>

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/output.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::State;

namespace {

/// Where a mistake sends a FIN for a CLOSE that fails.
void send_second_fin(Host& host, Tcb& tcb) {
  const bool wrong = (host.defect(Fault::SecondFinInClosing) && tcb.state == State::Closing) ||
                     (host.defect(Fault::FinInTimeWait) && tcb.state == State::TimeWait);
  if (wrong) send_stream_segment(host, tcb, {.seq = tcb.snd_nxt, .text = 0, .fin = true});
}

}  // namespace

tcp::CallResult close(Host& host, Tcb& tcb) {
  if (tcb.pending_error) return {.status = *std::exchange(tcb.pending_error, std::nullopt)};
  if (host.defect(Fault::FirstCloseFails)) return {.status = CallStatus::Closing};
  switch (tcb.state) {
    case State::Closed:
    case State::Listen:
      return {.status = CallStatus::NoConnection};
    case State::SynSent:
      // "Delete the TCB and return 'error: closing' responses to any queued SENDs, or RECEIVEs."
      end_connection(host, tcb, CallStatus::Closing);
      return {};
    case State::SynReceived:
      if (host.defect(Fault::CloseInSynReceivedSilent)) {
        end_connection(host, tcb, CallStatus::Closing);
        return {};
      }
      // With data pending it is queued until ESTABLISHED: see enter_established().
      if (tcb.send_queue.empty()) tcb.state = State::FinWait1;
      break;
    case State::Established:
      // "In any case, enter FIN-WAIT-1 state", however long the FIN has to wait.
      if (!host.defect(Fault::CloseWaitsForItsFin)) tcb.state = State::FinWait1;
      break;
    case State::CloseWait:
      if (host.defect(Fault::CloseWaitClosesToFinWait1)) tcb.state = State::FinWait1;
      // LAST-ACK is entered with the FIN, after all preceding SENDs have been segmentized.
      if (tcb.close_requested) return {.status = CallStatus::Closing};
      break;
    case State::FinWait1:
    case State::FinWait2:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait:
      send_second_fin(host, tcb);
      return {.status = CallStatus::Closing};
  }
  if (tcb.close_requested) return {.status = CallStatus::Closing};
  tcb.close_requested = true;
  if (host.defect(Fault::ReassemblyLostAtClose)) tcb.reassembly.clear();
  finish_event(host, tcb);
  return {};
}

tcp::CallResult close_both_ways(Host& host, Tcb& tcb) {
  tcb.user = User::Gone;
  switch (tcb.state) {
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
      if (tcb.receive_queue.empty()) break;
      // SHLD-3: octets that the user did not take are lost, and a RST says so.
      send_rst(host, tcb);
      flush_queues(tcb);
      if (host.defect(Fault::UnreadCloseWaits)) {
        enter_time_wait(host, tcb);
        return {};
      }
      enter_closed(host, tcb);
      return {};
    default:
      break;
  }
  const bool closing = tcb.state == State::FinWait1 || tcb.state == State::FinWait2;
  // "An 'ok' response would be acceptable, too, as long as a second FIN is not emitted."
  if (closing) return {};
  return close(host, tcb);
}

}  // namespace tcprove::adapter::reference
