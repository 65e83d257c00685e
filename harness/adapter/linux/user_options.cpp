#include "harness/adapter/linux/user_options.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "harness/adapter/linux/sysctls.hpp"

namespace tcprove::adapter::linux {
namespace {

using tcp::UserOption;

constexpr unsigned kEcnBits = 2;

bool set_number(int socket, int level, int option, int value) {
  return setsockopt(socket, level, option, &value, sizeof value) == 0;
}

int domain_of(int socket) {
  int domain = AF_INET;
  socklen_t size = sizeof domain;
  getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &size);
  return domain;
}

/// Of IPv4, or its namesake of IPv6.
bool set_of_ip(int socket, int v4_option, int v6_option, int value) {
  if (domain_of(socket) == AF_INET) return set_number(socket, IPPROTO_IP, v4_option, value);
  return set_number(socket, IPPROTO_IPV6, v6_option, value);
}

/// The kernel counts in whole seconds, and sends further probes at the same distance.
bool set_keep_alive_interval(int socket, std::chrono::nanoseconds interval) {
  constexpr std::int64_t kSecondsMax = 32767;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(interval).count();
  const int idle = static_cast<int>(std::clamp<std::int64_t>(seconds, 1, kSecondsMax));
  return set_number(socket, IPPROTO_TCP, TCP_KEEPIDLE, idle) &&
         set_number(socket, IPPROTO_TCP, TCP_KEEPINTVL, idle);
}

/// 0 is the kernel's own idea of R2, not "for ever".
bool set_user_timeout(int socket, std::chrono::nanoseconds timeout) {
  constexpr std::int64_t kForEver = INT32_MAX;
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
  return set_number(socket, IPPROTO_TCP, TCP_USER_TIMEOUT,
                    static_cast<int>(ms == 0 ? kForEver : std::min<std::int64_t>(ms, kForEver)));
}

/// Through one gateway, and then to the address that the socket connects to.
bool set_source_route(int socket, std::int64_t gateway) {
  constexpr std::uint8_t kNop = 1;
  constexpr std::uint8_t kLoose = 131;
  // The kernel takes the route with the destination left out, and the gateway first.
  std::array<std::uint8_t, 8> route{kNop, kLoose, 7, 4};
  for (std::size_t i = 0; i < 4; ++i) {
    route.at(4 + i) = static_cast<std::uint8_t>(gateway >> (8 * (3 - i)));
  }
  return setsockopt(socket, IPPROTO_IP, IP_OPTIONS, route.data(), route.size()) == 0;
}

/// Is the whole namespace's, which has no other users.
bool set_ecn(bool asked_for) { return !set_sysctl("ipv4/tcp_ecn", asked_for ? "1" : "2"); }

}  // namespace

bool set_user_option(int socket, UserOption option, std::int64_t value) {
  switch (option) {
    case UserOption::NoDelay:
      return set_number(socket, IPPROTO_TCP, TCP_NODELAY, value != 0 ? 1 : 0);
    case UserOption::KeepAlive:
      return set_number(socket, SOL_SOCKET, SO_KEEPALIVE, value != 0 ? 1 : 0);
    case UserOption::KeepAliveInterval:
      return set_keep_alive_interval(socket, std::chrono::nanoseconds(value));
    case UserOption::UserTimeout:
      return set_user_timeout(socket, std::chrono::nanoseconds(value));
    case UserOption::Dscp:
      return set_of_ip(socket, IP_TOS, IPV6_TCLASS, static_cast<int>(value << kEcnBits));
    case UserOption::Ttl:
      return set_of_ip(socket, IP_TTL, IPV6_UNICAST_HOPS, static_cast<int>(value));
    case UserOption::Ecn:
      return set_ecn(value != 0);
    case UserOption::SourceRoute:
      return set_source_route(socket, value);
    case UserOption::ErrorReports:
      return true;  // Who does not ask for errors is not told of any.
    case UserOption::KeepAliveOctet:
      break;
  }
  return false;
}

bool UserOptions::keep(UserOption option, std::int64_t value) {
  if (option == UserOption::KeepAliveOctet) return false;
  if (option == UserOption::Ecn) return set_ecn(value != 0);
  values_.at(static_cast<std::size_t>(option)) = value;
  return true;
}

void UserOptions::apply(int socket, wire::IpVersion ip) const {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const auto option = static_cast<UserOption>(i);
    if (option == UserOption::SourceRoute && ip == wire::IpVersion::V6) continue;
    if (values_.at(i)) set_user_option(socket, option, *values_.at(i));
  }
}

bool UserOptions::wants_reports() const {
  return values_.at(static_cast<std::size_t>(UserOption::ErrorReports)).value_or(1) != 0;
}

}  // namespace tcprove::adapter::linux
