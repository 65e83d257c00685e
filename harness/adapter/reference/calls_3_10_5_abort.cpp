// RFC 9293 section 3.10.5, "ABORT Call".

#include <utility>

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::State;

tcp::CallResult abort(Host& host, Tcb& tcb) {
  tcb.user = User::Gone;
  if (tcb.pending_error) return {.status = *std::exchange(tcb.pending_error, std::nullopt)};
  switch (tcb.state) {
    case State::Closed:
    case State::Listen:
      return {.status = CallStatus::NoConnection};
    case State::SynReceived:
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
      if (!host.defect(Fault::AbortSilent)) send_rst(host, tcb);
      break;
    case State::SynSent:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait:
      if (host.defect(Fault::AbortAlwaysResets)) send_rst(host, tcb);
      break;
  }
  flush_queues(tcb);
  enter_closed(host, tcb);
  return {};
}

}  // namespace tcprove::adapter::reference
