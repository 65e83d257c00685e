#include "harness/adapter/lwip/lwip_user_options.hpp"

#include <chrono>

#include <lwip/ip.h>
#include <lwip/tcp.h>

namespace tcprove::adapter::lwip {
namespace {

constexpr unsigned kEcnBits = 2;

void set_nagle(tcp_pcb& pcb, bool on) {
  if (on) {
    tcp_nagle_enable(&pcb);
  } else {
    tcp_nagle_disable(&pcb);
  }
}

void set_keep_alive(tcp_pcb& pcb, bool on) {
  if (on) {
    ip_set_option(&pcb, SOF_KEEPALIVE);
  } else {
    ip_reset_option(&pcb, SOF_KEEPALIVE);
  }
}

}  // namespace

bool set_user_option(tcp_pcb& pcb, tcp::UserOption option, std::int64_t value) {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  switch (option) {
    case tcp::UserOption::NoDelay:
      set_nagle(pcb, value == 0);
      return true;
    case tcp::UserOption::KeepAlive:
      set_keep_alive(pcb, value != 0);
      return true;
    case tcp::UserOption::KeepAliveInterval:
      pcb.keep_idle =
          static_cast<u32_t>(duration_cast<milliseconds>(std::chrono::nanoseconds(value)).count());
      return true;
    case tcp::UserOption::Dscp:
      pcb.tos = static_cast<u8_t>(value << kEcnBits);
      return true;
    case tcp::UserOption::Ttl:
      pcb.ttl = static_cast<u8_t>(value);
      return true;
    case tcp::UserOption::UserTimeout:
    case tcp::UserOption::ErrorReports:
    case tcp::UserOption::Ecn:
    case tcp::UserOption::KeepAliveOctet:
    case tcp::UserOption::SourceRoute:
      break;
  }
  return false;
}

void UserOptions::apply(tcp_pcb& pcb) const {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (values_.at(i)) set_user_option(pcb, static_cast<tcp::UserOption>(i), *values_.at(i));
  }
}

}  // namespace tcprove::adapter::lwip
