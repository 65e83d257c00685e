// RFC 9293 section 3.10.2, "SEND Call".

#include <algorithm>

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/output.hpp"
#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::State;

namespace {

CallStatus may_send(const Tcb& tcb) {
  switch (tcb.state) {
    case State::Closed:
    case State::Listen:
      return CallStatus::NoConnection;
    case State::SynSent:
    case State::SynReceived:
    case State::Established:
    case State::CloseWait:
      // "error: connection closing" also while a CLOSE waits for its FIN to be sent.
      return tcb.close_requested ? CallStatus::Closing : CallStatus::Ok;
    case State::FinWait1:
    case State::FinWait2:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait:
      break;
  }
  return CallStatus::Closing;
}

}  // namespace

tcp::CallResult send(Host& host, Tcb& tcb, wire::Octets octets, bool urgent) {
  if (tcb.pending_error) return {.status = *std::exchange(tcb.pending_error, std::nullopt)};
  const CallStatus status = may_send(tcb);
  if (host.defect(Fault::SendAfterClose) && status == CallStatus::Closing) {
    return {.octets = octets.size()};
  }
  if (host.defect(Fault::SendWithoutConnection) && status == CallStatus::NoConnection) {
    return {.octets = octets.size()};
  }
  if (status != CallStatus::Ok) return {.status = status};
  const std::size_t room = kSendBuffer - std::min<std::size_t>(kSendBuffer, tcb.send_queue.size());
  const std::size_t taken = std::min(room, octets.size());
  if (taken == 0 && !octets.empty()) return {.status = CallStatus::WouldBlock};
  if (host.defect(Fault::EmptySendSent) && octets.empty()) send_ack(host, tcb);
  const wire::Octets text = octets.first(taken);
  if (tcb.unsent_text() == 0)
    tcb.first_send_end = tcb.send_queue_end() + static_cast<wire::SeqLen>(taken);
  tcb.send_queue.insert(tcb.send_queue.end(), text.begin(), text.end());
  // "If the urgent flag is set, then SND.UP <- SND.NXT-1": section 3.8.5 (MUST-62) has the pointer
  // one further, past the last urgent octet.
  if (urgent) tcb.snd_up = tcb.send_queue_end();
  finish_event(host, tcb);
  return {.octets = taken};
}

}  // namespace tcprove::adapter::reference
