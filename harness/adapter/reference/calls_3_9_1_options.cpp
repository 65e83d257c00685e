// RFC 9293 section 3.9.1: what the user sets on a connection, and what it is told without having
// asked (section 3.9.1.8).

#include <utility>

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/source_route_3_9_2_1.hpp"

namespace tcprove::adapter::reference {

using tcp::CallStatus;
using tcp::UserOption;

namespace {

constexpr unsigned kEcnBits = 2;

/// Where a mistake lets a connection go on as it was.
bool is_ignored(const Host& host, const Tcb& tcb, const tcp::UserCall& call) {
  const bool open = tcb.state != tcp::State::Closed && tcb.state != tcp::State::SynSent;
  switch (call.option) {
    case UserOption::Dscp:
      return host.defect(Fault::DscpFixedAtOpen) && open;
    case UserOption::KeepAlive:
      return host.defect(Fault::KeepAliveNotSwitchedOff) && call.value == 0;
    default:
      return false;
  }
}

}  // namespace

void set_option(Settings& settings, UserOption option, std::int64_t value) {
  switch (option) {
    case UserOption::NoDelay:
      settings.nagle = value == 0;
      break;
    case UserOption::KeepAlive:
      settings.keep_alive = value != 0;
      break;
    case UserOption::KeepAliveInterval:
      settings.keep_alive_interval = base::Duration(value);
      break;
    case UserOption::UserTimeout:
      settings.user_timeout.reset();
      if (value != 0) settings.user_timeout = base::Duration(value);
      break;
    case UserOption::Dscp:
      settings.traffic_class = static_cast<std::uint8_t>(value << kEcnBits);
      break;
    case UserOption::Ttl:
      settings.hop_limit = static_cast<std::uint8_t>(value);
      break;
    case UserOption::ErrorReports:
      settings.error_reports = value != 0;
      break;
    case UserOption::Ecn:
      settings.ecn = value != 0;
      break;
    case UserOption::KeepAliveOctet:
      settings.keep_alive_octet = value != 0;
      break;
    case UserOption::SourceRoute:
      settings.source_route = static_cast<std::uint32_t>(value);
      break;
  }
}

tcp::CallResult set(Host& host, Tcb& tcb, const tcp::UserCall& call) {
  if (is_ignored(host, tcb, call)) return {};
  set_option(tcb.settings, call.option, call.value);
  if (call.option == UserOption::SourceRoute) take_users_route(host, tcb);
  // What a timer waits for may have changed: it begins again.
  host.stop_timer(tcb, TimerKind::UserTimeout);
  host.stop_timer(tcb, TimerKind::KeepAlive);
  finish_event(host, tcb);
  return {};
}

void tell(const Host& host, Tcb& tcb, tcp::Report report) {
  if (host.defect(Fault::NothingReported)) return;
  // SHLD-20: a user may do without.
  if (!tcb.settings.error_reports && !host.defect(Fault::ErrorReportsAlways)) return;
  tcb.reports.push_back(report);
}

tcp::CallResult report(Tcb& tcb) {
  if (tcb.reports.empty()) return {.status = CallStatus::WouldBlock};
  const tcp::Report oldest = tcb.reports.front();
  tcb.reports.erase(tcb.reports.begin());
  return {.report = oldest};
}

tcp::CallResult urgent(const Host& host, const Tcb& tcb) {
  const bool pending = tcb.urgent_pending() && !host.defect(Fault::UrgentNeverPending);
  return {.status = pending ? CallStatus::Ok : CallStatus::WouldBlock};
}

}  // namespace tcprove::adapter::reference
