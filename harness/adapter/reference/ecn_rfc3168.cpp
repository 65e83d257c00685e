// RFC 3168 section 6.1, "TCP", with what RFC 8311 leaves of it.

#include "harness/adapter/reference/ecn_rfc3168.hpp"

#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/options.hpp"
#include "harness/adapter/reference/output.hpp"

namespace tcprove::adapter::reference {

using wire::Flag;
using wire::Flags;

namespace {

/// "ECN-setup" SYNs have ECE and CWR, "ECN-setup" SYN,ACKs have ECE alone; all others mean no ECN.
bool sets_up(Flags ctl) { return ctl.has(Flag::Ece) && ctl.has(Flag::Cwr) != ctl.has(Flag::Ack); }

}  // namespace

Flags ecn_setup_flags(const Host& host, Tcb& tcb, Flags ctl) {
  EcnState& ecn = tcb.ecn;
  if (ctl.has(Flag::Ack)) {
    const bool grants = ecn.peer_asked && !ecn.declined && !host.defect(Fault::EcnNotGranted);
    ecn.declined = !grants;
    ecn.agreed = grants;
    return grants ? Flags(Flag::Ece) : Flags();
  }
  // Section 6.1.1.1: "MAY resend the SYN and any subsequent SYN retransmissions with CWR and ECE
  // cleared", as old middleboxes drop those that have them.
  ecn.declined = ecn.declined || !tcb.settings.ecn || tcb.syn_retransmitted;
  ecn.asked = ecn.asked || !ecn.declined;
  return ecn.declined ? Flags() : Flag::Ece | Flag::Cwr;
}

void take_ecn_setup(const Host& host, Tcb& tcb, Flags ctl) {
  EcnState& ecn = tcb.ecn;
  if (!ctl.has(Flag::Ack)) {
    // A SYN that comes again without asking takes back what the first one asked for.
    ecn.peer_asked = sets_up(ctl);
    ecn.agreed = ecn.agreed && ecn.peer_asked;
    return;
  }
  const bool granted = sets_up(ctl) || host.defect(Fault::EctWithoutGrant);
  ecn.agreed = ecn.asked && !ecn.declined && granted;
}

bool falls_back_from_ecn(Tcb& tcb) {
  if (!tcb.ecn.asked || tcb.ecn.declined) return false;
  tcb.ecn.declined = true;
  return true;
}

bool is_ecn_capable(const Host& host, const Tcb& tcb, const StreamSegment& segment) {
  if (!tcb.ecn.agreed) return false;
  if (segment.first_time) return true;
  const bool probe = tcb.snd_wnd == 0;
  return probe ? host.defect(Fault::EctOnProbe) : host.defect(Fault::EctOnResend);
}

Flags reduced_flag(const Host& host, Tcb& tcb, bool first_time) {
  if (!tcb.ecn.cwr_due) return {};
  if (!first_time) return host.defect(Fault::CwrOnResend) ? Flags(Flag::Cwr) : Flags();
  tcb.ecn.cwr_due = false;
  return Flag::Cwr;
}

bool is_echo(const Tcb& tcb, const wire::Segment& seg) {
  return tcb.ecn.agreed && seg.ctl.has(Flag::Ece) && !seg.ctl.has(Flag::Syn);
}

void take_echo(Host& host, Tcb& tcb, const wire::Segment& seg) {
  if (!is_echo(tcb, seg)) return;
  const wire::SeqLen smss = eff_snd_mss(tcb);
  if (tcb.congestion.cwnd() <= smss && !host.defect(Fault::EchoAtOneSegmentIgnored)) {
    // "The sending TCP MUST reset the retransmit timer on receiving the ECN-Echo packet when the
    // congestion window is one. The sending TCP will then be able to send a new packet only when
    // the retransmit timer expires."
    host.stop_timer(tcb, TimerKind::Retransmission);
    tcb.ecn.waits = tcb.ecn.cwr_due = true;
    return;
  }
  const CongestionControl before = tcb.congestion;
  bool reduced = tcb.congestion.on_echo(seg.ack, tcb.outstanding(), tcb.snd_nxt);
  if (host.defect(Fault::EchoReducesEachTime) && !reduced) {
    tcb.congestion.on_timeout(tcb.snd_una, tcb.snd_nxt, false);
    reduced = true;
  }
  if (!reduced) return;
  if (host.defect(Fault::EchoKeepsWindow)) tcb.congestion = before;
  note_reduction(host, tcb);
}

void note_reduction(const Host& host, Tcb& tcb) {
  tcb.ecn.cwr_due = tcb.ecn.agreed && !host.defect(Fault::CwrMissing);
}

void note_congestion_marks(const Host& host, Tcb& tcb, const Arrival& arrival) {
  const bool text = !arrival.seg.payload.empty();
  if (!tcb.ecn.agreed || !text) return;
  if (arrival.seg.ctl.has(Flag::Cwr) && !host.defect(Fault::EcePastCwr)) tcb.ecn.echoes = false;
  if (arrival.ecn != kCongestionExperienced || host.defect(Fault::CeIgnored)) return;
  // Section 6.1.6: a mark on a window probe counts, although its octet is refused.
  if (host.defect(Fault::CeOnProbeIgnored) && tcb.rcv_wnd == 0) return;
  tcb.ecn.echoes = true;
}

Flags echo_flag(const Host& host, Tcb& tcb) {
  if (!tcb.ecn.echoes) return {};
  // "This continues until the receiver receives a CWR": the ACK may be lost.
  if (host.defect(Fault::EceOnOneAck)) tcb.ecn.echoes = false;
  return Flag::Ece;
}

}  // namespace tcprove::adapter::reference
