// RFC 9293 section 3.10.7.4, "Other States": the checks in the RFC's order.

#include <array>

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"

namespace tcprove::adapter::reference {
namespace {

using Check = Then (*)(Host&, Tcb&, const Arrival&);

constexpr std::array<Check, 9> kChecks{
    check_syn_in_time_wait, check_timestamps,     first_check_sequence_number,
    second_check_rst,       fourth_check_syn,     fifth_check_ack,
    sixth_check_urg,        seventh_process_text, eighth_check_fin,
};

/// Section 3.8.4: a keep-alive waits for an interval in which nothing arrives (MUST-26).
void note_that_peer_is_alive(Host& host, Tcb& tcb) {
  if (host.defect(Fault::KeepAliveWhileBusy)) return;
  tcb.keep_alive_probes = 0;
  host.stop_timer(tcb, TimerKind::KeepAlive);
}

}  // namespace

void arrives_other(Host& host, Tcb& tcb, const Arrival& arrival) {
  note_that_peer_is_alive(host, tcb);
  for (const Check check : kChecks) {
    if (check(host, tcb, arrival) == Then::Return) break;
  }
  finish_event(host, tcb);
}

}  // namespace tcprove::adapter::reference
