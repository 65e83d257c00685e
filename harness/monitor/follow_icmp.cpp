#include "harness/monitor/follow.hpp"

namespace tcprove::monitor {

using tcp::State;
using wire::IcmpError;

namespace {

/// RFC 9293 section 3.9.2.2: hard errors SHOULD end a connection; RFC 5461 knows stacks that give
/// up one that is being opened for soft ones too. None may end one that is open.
bool may_end(const ShadowTcb& tcb, IcmpError error) {
  if (error == IcmpError::SourceQuench || error == IcmpError::FragmentationNeeded) return false;
  const bool hard = error == IcmpError::ProtocolUnreachable || error == IcmpError::PortUnreachable;
  return hard || tcb.may_be(State::SynSent) || tcb.may_be(State::SynReceived);
}

}  // namespace

void follow_icmp(ShadowTcb& tcb, const wire::IcmpMessage& message, base::Instant at) {
  const IcmpError error = message.error;
  note_icmp(tcb, message);
  tcb.last_stimulus = at;
  tcb.answer = {};
  // What is lost for its size, or is told to be, may go again before its time.
  tcb.caused = true;
  tcb.front.undisturbed = tcb.front.restarted = false;
  if (error == IcmpError::FragmentationNeeded) tcb.snd.path_mtu_told = true;
  if (!may_end(tcb, error)) return;
  tcb.phases.add(State::Closed);
  if (tcb.may_return_to_time_wait) tcb.followed = false;
  tcb.duties.settle_all();
  tcb.reset_arrived = true;  // A user may be told of it in the same words.
}

}  // namespace tcprove::monitor
