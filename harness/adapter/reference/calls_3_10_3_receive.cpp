// RFC 9293 section 3.10.3, "RECEIVE Call".

#include <algorithm>
#include <utility>

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/output.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::State;

namespace {

/// Section 3.8.5: urgent mode ends when the user has taken the octet before the urgent pointer.
void leave_urgent_mode_if_read(Tcb& tcb) {
  if (tcb.rcv_up && !tcb.urgent_pending()) tcb.rcv_up.reset();
}

}  // namespace

tcp::CallResult receive(Host& host, Tcb& tcb, std::span<std::uint8_t> buffer) {
  if (host.defect(Fault::ResetReadsAsEnd) && tcb.pending_error == CallStatus::Reset) {
    return {.status = CallStatus::EndOfStream};
  }
  if (tcb.pending_error) return {.status = *std::exchange(tcb.pending_error, std::nullopt)};
  const std::size_t size = std::min(buffer.size(), tcb.receive_queue.size());
  if (size > 0) {
    const auto end = tcb.receive_queue.begin() + static_cast<std::ptrdiff_t>(size);
    std::copy(tcb.receive_queue.begin(), end, buffer.begin());
    tcb.receive_queue.erase(tcb.receive_queue.begin(), end);
    leave_urgent_mode_if_read(tcb);
    send_window_update_if_worth(host, tcb);
    finish_event(host, tcb);
    return {.octets = size};
  }
  if (tcb.fin_received) return {.status = CallStatus::EndOfStream};
  const bool waits = host.defect(Fault::ReceiveWithoutConnection);
  if (tcb.state == State::Closed && !waits) return {.status = CallStatus::NoConnection};
  if (buffer.empty()) return {};
  if (host.defect(Fault::ReceiveSendsAck)) send_ack(host, tcb);
  // Queued, in the RFC's words; the harness asks again.
  return {.status = CallStatus::WouldBlock};
}

}  // namespace tcprove::adapter::reference
