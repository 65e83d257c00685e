#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcprove::tcp {

/// Something that an adapter may or may not offer; scenarios name them in `needs`.
enum class Capability : std::uint8_t {
  PassiveOpen,    ///< listen and accept.
  ActiveOpen,     ///< connect.
  LocalPort,      ///< connect from a port that we choose.
  UserSend,       ///< send.
  UserReceive,    ///< receive.
  UserShutdown,   ///< shutdown: half-close.
  UserClose,      ///< close.
  UserAbort,      ///< abort.
  UserErrors,     ///< A call after a reset, refusal or time-out says which of them it was.
  Introspection,  ///< state(), also after close and for a half-open connection.
  SetIss,         ///< The stack's initial sequence number can be given.
  VirtualTime,    ///< advance() moves the stack's clock; nothing sleeps.
  Ipv4,
  Ipv6,
  UrgentReceive,  ///< The stack tells its user of urgent data.
  WindowScale,    ///< Offered in the stack's SYN (RFC 7323).
  Timestamps,     ///< Offered in the stack's SYN (RFC 7323).
  SackPermitted,  ///< Offered in the stack's SYN (RFC 2018).
  ChallengeAck,   ///< RFC 5961 is implemented.
  // What a user may set, and be told without asking: see UserOption and Report.
  SetNoDelay,
  SetKeepAlive,
  SetKeepAliveInterval,
  SetUserTimeout,
  SetDscp,
  SetTtl,
  ErrorReports,  ///< The stack tells its user of soft errors, and may be told not to.
  UrgentSend,    ///< SEND with the URGENT flag.
  PathMtu,       ///< An ICMP error lowers what a segment may hold (RFC 1191, RFC 8201).
  Ecn,           ///< RFC 3168 is implemented: a SYN that asks for it is granted it.
  SetEcn,        ///< An opener asks for ECN where its user wants it.
  SetKeepAliveOctet,
  FastOpen,     ///< RFC 7413, where the user asked for it.
  RackTlp,      ///< RFC 8985 finds losses, where SACK is agreed on.
  HyStart,      ///< RFC 9406 ends slow start.
  SourceRoute,  ///< IPv4 source routes reach TCP (RFC 9293 section 3.9.2.1), and a user may set
                ///< one.
  SetClock,     ///< What the stack's clock shows at a reset can be given.
};

inline constexpr std::size_t kCapabilityCount = 36;
inline constexpr std::array<std::string_view, kCapabilityCount> kCapabilityNames{
    "passive-open",
    "active-open",
    "local-port",
    "user-send",
    "user-receive",
    "user-shutdown",
    "user-close",
    "user-abort",
    "user-errors",
    "introspection",
    "set-iss",
    "virtual-time",
    "ipv4",
    "ipv6",
    "urgent-receive",
    "window-scale",
    "timestamps",
    "sack-permitted",
    "challenge-ack",
    "set-no-delay",
    "set-keep-alive",
    "set-keep-alive-interval",
    "set-user-timeout",
    "set-dscp",
    "set-ttl",
    "error-reports",
    "urgent-send",
    "path-mtu",
    "ecn",
    "set-ecn",
    "set-keep-alive-octet",
    "fast-open",
    "rack-tlp",
    "hystart",
    "source-route",
    "set-clock"};

constexpr std::string_view to_string(Capability capability) {
  return kCapabilityNames.at(static_cast<std::size_t>(capability));
}

constexpr std::optional<Capability> parse_capability(std::string_view name) {
  for (std::size_t i = 0; i < kCapabilityCount; ++i) {
    if (kCapabilityNames.at(i) == name) return static_cast<Capability>(i);
  }
  return std::nullopt;
}

/// A set of capabilities.
class Capabilities {
 public:
  constexpr void add(Capability c) { bits_ |= bit(c); }
  [[nodiscard]] constexpr bool has(Capability c) const { return (bits_ & bit(c)) != 0; }
  /// Whether all of `needs` are among these.
  [[nodiscard]] constexpr bool covers(Capabilities needs) const {
    return (needs.bits_ & ~bits_) == 0;
  }
  constexpr bool operator==(const Capabilities&) const = default;

 private:
  static constexpr std::uint64_t bit(Capability c) {
    return std::uint64_t{1} << static_cast<unsigned>(c);
  }
  std::uint64_t bits_ = 0;
};

}  // namespace tcprove::tcp
