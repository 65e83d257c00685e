// RFC 9293 section 3.10.7.4, "Other States": the checks in the RFC's order.

#include <array>

#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/wire/options.hpp"

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

/// RFC 5482's option is an offer that this stack does not take up; where a mistake does, it is the
/// user timeout.
void note_user_timeout_option(Host& host, Tcb& tcb, const Arrival& arrival) {
  constexpr std::uint8_t kUserTimeout = 28;
  wire::OptionReader reader(arrival.seg.options);
  while (const auto option = reader.next()) {
    const auto* unknown = std::get_if<wire::UnknownOption>(&*option);
    if (unknown == nullptr || unknown->kind != kUserTimeout || unknown->data.size() != 2) continue;
    const std::chrono::seconds seconds((unknown->data[0] & 0x7fU) << 8U | unknown->data[1]);
    const bool taken = seconds.count() == 0 ? host.defect(Fault::UserTimeoutOfZeroTaken)
                                            : host.defect(Fault::PeersUserTimeoutTaken);
    if (!taken) continue;
    tcb.settings.user_timeout = seconds;
    host.stop_timer(tcb, TimerKind::UserTimeout);
  }
}

}  // namespace

void arrives_other(Host& host, Tcb& tcb, const Arrival& arrival) {
  note_that_peer_is_alive(host, tcb);
  note_user_timeout_option(host, tcb, arrival);
  for (const Check check : kChecks) {
    if (check(host, tcb, arrival) == Then::Return) break;
  }
  finish_event(host, tcb);
}

}  // namespace tcprove::adapter::reference
