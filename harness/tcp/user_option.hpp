#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/tcp/capability.hpp"

namespace tcprove::tcp {

/// What a user may set on a connection, beside its data (RFC 9293 sections 3.7 to 3.9).
enum class UserOption : std::uint8_t {
  NoDelay,            ///< Nagle's algorithm is off (MUST-17).
  KeepAlive,          ///< Keep-alives are sent (MUST-24).
  KeepAliveInterval,  ///< How long a connection is idle before one is sent (MUST-27).
  UserTimeout,        ///< R2: how long data may stay unacknowledged (MUST-21); off: for ever.
  Dscp,               ///< Of what is sent (MUST-48).
  Ttl,                ///< Or hop limit, of what is sent (MUST-49).
  ErrorReports,       ///< The user wants to be told of soft errors (SHLD-20).
  Ecn,                ///< An active OPEN asks for it (SHLD-8).
  KeepAliveOctet,     ///< A keep-alive carries an octet of no meaning (MAY-6).
  SourceRoute,        ///< Through one gateway (MUST-51).
};

/// What a value of the option is; durations are in nanoseconds, 0 is off; addresses are IPv4, the
/// first octet highest.
enum class OptionValue : std::uint8_t { Switch, Duration, DurationOrOff, Number, Address };

struct UserOptionFacts {
  std::string_view name;
  OptionValue value;
  Capability capability;
  std::uint8_t number_min = 0;
  std::uint8_t number_max = 0;
};

inline constexpr std::size_t kUserOptionCount = 10;
inline constexpr std::array<UserOptionFacts, kUserOptionCount> kUserOptions{
    {{"no-delay", OptionValue::Switch, Capability::SetNoDelay},
     {"keep-alive", OptionValue::Switch, Capability::SetKeepAlive},
     {"keep-alive-interval", OptionValue::Duration, Capability::SetKeepAliveInterval},
     {"user-timeout", OptionValue::DurationOrOff, Capability::SetUserTimeout},
     {"dscp", OptionValue::Number, Capability::SetDscp, 0, 63},
     {"ttl", OptionValue::Number, Capability::SetTtl, 1, 255},
     {"error-reports", OptionValue::Switch, Capability::ErrorReports},
     {"ecn", OptionValue::Switch, Capability::SetEcn},
     {"keep-alive-octet", OptionValue::Switch, Capability::SetKeepAliveOctet},
     {"source-route", OptionValue::Address, Capability::SourceRoute}}};

constexpr const UserOptionFacts& facts(UserOption option) {
  return kUserOptions.at(static_cast<std::size_t>(option));
}

constexpr std::string_view to_string(UserOption option) { return facts(option).name; }

constexpr std::optional<UserOption> parse_user_option(std::string_view name) {
  for (std::size_t i = 0; i < kUserOptionCount; ++i) {
    if (kUserOptions.at(i).name == name) return static_cast<UserOption>(i);
  }
  return std::nullopt;
}

/// What a stack tells its user without having been asked (RFC 9293 section 3.9.1.8).
enum class Report : std::uint8_t {
  IcmpError,                ///< A soft one (SHLD-25).
  ExcessiveRetransmission,  ///< R1 was reached (SHLD-9).
  UrgentData,               ///< It has become pending, or its end has moved on (MUST-32).
};

inline constexpr std::size_t kReportCount = 3;
inline constexpr std::array<std::string_view, kReportCount> kReportNames{
    "icmp-error", "excessive-retransmission", "urgent-data"};

constexpr std::string_view to_string(Report report) {
  return kReportNames.at(static_cast<std::size_t>(report));
}

constexpr std::optional<Report> parse_report(std::string_view name) {
  for (std::size_t i = 0; i < kReportCount; ++i) {
    if (kReportNames.at(i) == name) return static_cast<Report>(i);
  }
  return std::nullopt;
}

}  // namespace tcprove::tcp
