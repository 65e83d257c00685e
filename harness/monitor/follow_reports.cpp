// RFC 9293 section 3.9.1.8: what a user is to be told without having asked.

#include "harness/monitor/answers.hpp"
#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using tcp::Report;
using tcp::State;
using wire::Flag;
using wire::IcmpError;

/// Section 3.9.2.2, "Soft Errors".
bool is_soft(IcmpError error) {
  return error == IcmpError::NetUnreachable || error == IcmpError::HostUnreachable ||
         error == IcmpError::SourceRouteFailed || error == IcmpError::TimeExceeded ||
         error == IcmpError::ReassemblyTimeExceeded || error == IcmpError::ParameterProblem;
}

/// RFC 5927 section 4.1: it quotes what is sent and not acknowledged, for sure.
bool quotes_what_is_in_flight(const SendSide& snd, const wire::IcmpMessage& message) {
  const auto quoted = wire::quoted_segment(message.quoted);
  return quoted && snd.known && snd.una == snd.una_possible &&
         wire::distance(snd.una, quoted->seq) < wire::distance(snd.una, snd.nxt);
}

}  // namespace

void note_icmp(ShadowTcb& tcb, const wire::IcmpMessage& message) {
  ShadowReports& reports = tcb.reports;
  reports.icmp_possible = true;
  if (!tcb.followed || !quotes_what_is_in_flight(tcb.snd, message)) return;
  if (is_soft(message.error) && tcb.only(State::Established) && tcb.user_has_it()) {
    reports.icmp = true;
  }
  const bool hard = message.error == IcmpError::ProtocolUnreachable ||
                    message.error == IcmpError::PortUnreachable;
  const bool v4 = message.source.version == wire::IpVersion::V4;
  if (hard && v4 && tcb.only(State::SynSent)) reports.hard_error = true;
}

void note_reports_switch(ShadowTcb& tcb, bool on) {
  ShadowReports& reports = tcb.reports;
  const bool nothing_yet = !reports.icmp_possible && !reports.resent;
  reports.silenced = !on && nothing_yet && tcb.alone && tcb.snd.known && tcb.user_has_it();
  reports.unwanted = reports.unwanted || !on;
}

void follow_report(ShadowTcb& tcb, Report report) {
  switch (report) {
    case Report::IcmpError:
      tcb.reports.icmp = false;
      return;
    case Report::ExcessiveRetransmission:
      tcb.reports.trouble_told = true;
      return;
    case Report::UrgentData:
      tcb.reports.urgent = false;
      return;
  }
}

void follow_urgent(ShadowTcb& tcb, const Arrival& a, std::uint16_t up) {
  if (!a.has(Flag::Urg) || !tcb.followed || !tcb.rcv.known || !tcb.snd.known) return;
  ShadowReports& reports = tcb.reports;
  const wire::SeqNum end = a.seq + up;
  const bool advances = !reports.urgent_end_possible || ahead(end, *reports.urgent_end_possible);
  if (advances) reports.urgent_end_possible = end;
  const bool odd = a.has(Flag::Syn) || a.has(Flag::Rst) || a.has(Flag::Fin);
  const bool taken = a.plain && !odd && tcb.only(State::Established) && tcb.user_has_it() &&
                     !tcb.user.closed && !tcb.user.aborted && tcb.surely_acceptable(a) &&
                     a.seq == tcb.rcv.nxt && tcb.rcv.nxt == tcb.rcv.arrived.next() &&
                     tcb.ack_is_in_range(a) && timestamp_passes(tcb, a);
  if (!taken || !advances || !ahead(end, a.seq) || tcb.fin_possibly_received()) return;
  reports.urgent_end = end;
  reports.urgent = true;
  reports.read = tcb.user.read;
}

}  // namespace tcprove::monitor
