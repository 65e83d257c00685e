#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/plan/expr.hpp"
#include "harness/wire/flags.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::plan {

/// How an expected field is compared with the value named.
enum class Comparison : std::uint8_t { Equal, NotEqual, AtMost, AtLeast };

/// An option named in a segment. SACK blocks are numbers in the plan's numbering.
struct OptionText {
  std::uint8_t kind = 0;
  bool any_value = false;          ///< `mss *`: present, whatever its value (expected only).
  std::vector<std::uint8_t> data;  ///< As on the wire, after kind and length; SACK: `sack` instead.
  std::uint8_t any_octets = 0;     ///< `ts * 100`: so many at the front of `data` may be anything.
  bool at_most = false;            ///< `mss<=1460` (expected only).
  bool echo = false;  ///< `ts 100 echo`: TSecr is the TSval that the stack sent last (sent only).
  std::vector<std::pair<Expr, Expr>> sack;
  std::optional<std::uint8_t> length;  ///< The length octet, where it is to lie (sent only).

  bool operator==(const OptionText&) const = default;
};

/// An address that is not the connection's own, by what it is; each IP version has its own.
enum class SpecialAddress : std::uint8_t {
  Broadcast,  ///< Limited; IPv6 has all nodes of the link instead.
  Subnet,     ///< The directed broadcast of the link's subnet; IPv6: as Broadcast.
  Multicast,  ///< A group that the stack has not joined.
  Loopback,
  Unspecified,
  Stack,  ///< The stack's own.
};

inline constexpr std::array<std::string_view, 6> kSpecialAddressNames{
    "broadcast", "subnet-broadcast", "multicast", "loopback", "unspecified", "stack"};

/// The values of the two bits of RFC 3168, by name.
inline constexpr std::array<std::string_view, 4> kEcnNames{"none", "ect1", "ect0", "ce"};

/// A segment as a scenario names it. What is absent gets a sensible default when sent and is not
/// compared when expected.
struct SegmentText {
  wire::Flags ctl;
  bool psh_named = false;
  std::optional<Expr> seq;
  std::optional<Expr> ack;
  std::optional<Expr> len;  ///< Octets of payload; PSH and URG free.
  Comparison len_comparison = Comparison::Equal;
  std::optional<Expr> wnd;  ///< The header field as it is, not scaled.
  Comparison wnd_comparison = Comparison::Equal;
  std::optional<Expr> up;
  std::optional<std::vector<std::uint8_t>>
      data;  ///< Payload by value; else the stream's own octets.
  std::optional<std::vector<OptionText>> options;

  // Of the IP header around it.
  std::optional<std::uint8_t> ttl;                    ///< Or hop limit.
  std::optional<std::uint8_t> dscp;                   ///< 0…63.
  std::optional<std::uint8_t> ecn;                    ///< 0…3.
  std::optional<std::vector<OptionText>> ip_options;  ///< In a header of the packet's version.
  // Sent only.
  std::optional<SpecialAddress> from;
  std::optional<SpecialAddress> to;

  // Lies; sent only. See wire::Lies.
  bool checksum_bad = false;
  std::optional<std::uint16_t> checksum;
  std::optional<std::uint8_t> data_offset;
  std::optional<std::uint8_t> reserved;
  std::optional<std::uint16_t> ip_length;
  std::optional<std::uint16_t> truncate_tcp;

  std::string text;  ///< As written, after substitution: for messages.

  bool operator==(const SegmentText&) const = default;
};

}  // namespace tcprove::plan
