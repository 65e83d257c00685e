// RFC 9293 section 3.9.2.2, "ICMP Messages".

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/icmp.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::State;
using wire::IcmpError;

namespace {

/// RFC 5927 section 4.1: what the quoted segment occupies is sent and not acknowledged; anybody
/// could have guessed the rest of it.
bool quotes_what_is_in_flight(const Host& host, const Tcb& tcb, wire::SeqNum seq) {
  if (host.defect(Fault::IcmpSequenceUnchecked)) return true;
  return wire::SeqWindow{.left = tcb.snd_una, .size = tcb.outstanding()}.contains(seq);
}

/// "Hard errors": protocol and port unreachable. Fragmentation needed is path MTU discovery's.
bool is_hard(IcmpError error) {
  return error == IcmpError::ProtocolUnreachable || error == IcmpError::PortUnreachable;
}

/// SHLD-26. There is nobody at the other end who could be sent a RST.
void hard_error(Host& host, Tcb& tcb) {
  const bool opening = tcb.state == State::SynSent || tcb.state == State::SynReceived;
  end_connection(host, tcb, opening ? CallStatus::Refused : CallStatus::Reset);
}

/// MUST-56: no reason to end a connection, nor to give up one that is being opened; SHLD-25: the
/// user is told.
void soft_error(Host& host, Tcb& tcb) {
  if (host.defect(Fault::IcmpSoftAborts)) return end_connection(host, tcb, CallStatus::TimedOut);
  if (!host.defect(Fault::IcmpUntold)) tell(host, tcb, tcp::Report::IcmpError);
}

}  // namespace

void icmp_arrives(Host& host, Tcb& tcb, const wire::IcmpMessage& message, wire::SeqNum quoted) {
  if (tcb.state == State::Closed) return;  // Only its user still has to be told how it ended.
  if (message.error == IcmpError::SourceQuench) {
    // MUST-55: "silently discard".
    if (host.defect(Fault::SourceQuenchSlows)) {
      tcb.congestion.on_timeout(tcb.snd_una, tcb.snd_nxt, true);
    }
    return;
  }
  if (host.defect(Fault::IcmpIgnored) || !quotes_what_is_in_flight(host, tcb, quoted)) return;
  if (message.error == IcmpError::FragmentationNeeded) {
    packet_too_big(host, tcb, message.mtu);
  } else if (is_hard(message.error) && !host.defect(Fault::IcmpHardIsSoft)) {
    hard_error(host, tcb);
  } else {
    soft_error(host, tcb);
  }
  finish_event(host, tcb);
}

}  // namespace tcprove::adapter::reference
