#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/wire/address.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::wire {

/// An error that ICMP reports about a datagram, by what it means in both versions (RFC 792, RFC
/// 4443); some only one of them knows.
enum class IcmpError : std::uint8_t {
  NetUnreachable,
  HostUnreachable,
  ProtocolUnreachable,  ///< ICMPv4 only.
  PortUnreachable,
  FragmentationNeeded,  ///< Packet Too Big in ICMPv6; carries an MTU.
  SourceRouteFailed,    ///< ICMPv4 only.
  SourceQuench,         ///< ICMPv4 only.
  TimeExceeded,         ///< In transit.
  ReassemblyTimeExceeded,
  ParameterProblem,
  UnknownNextHeader,  ///< ICMPv6 only.
  UnknownOption,      ///< ICMPv6 only.
};

inline constexpr std::size_t kIcmpErrorCount = 12;
inline constexpr std::array<std::string_view, kIcmpErrorCount> kIcmpErrorNames{
    "net-unreachable",          "host-unreachable",    "protocol-unreachable", "port-unreachable",
    "fragmentation-needed",     "source-route-failed", "source-quench",        "time-exceeded",
    "reassembly-time-exceeded", "parameter-problem",   "unknown-next-header",  "unknown-option"};

constexpr std::string_view to_string(IcmpError error) {
  return kIcmpErrorNames.at(static_cast<std::size_t>(error));
}

/// Whether ICMP of this version has such an error.
bool has_error(IpVersion version, IcmpError error);

/// An ICMP error message on its way to the sender of what it quotes.
///
/// Lifetime: `quoted` is a view.
struct IcmpMessage {
  IpAddress source;
  IpAddress destination;
  IcmpError error = IcmpError::NetUnreachable;
  std::uint32_t mtu = 0;  ///< FragmentationNeeded: of the next hop; 16 bits in ICMPv4.
  Octets quoted;          ///< The front of the datagram, from its IP header on.
};

/// Writes `message` after clearing `out`. Requires: has_error(); both addresses of one version; at
/// most 1,000 octets quoted.
void encode(const IcmpMessage& message, std::vector<std::uint8_t>& out);

/// Nothing where `packet` is no ICMP error of the list above, or not well formed, checksum and all.
///
/// Lifetime: the answer's view points into `packet`.
std::optional<IcmpMessage> decode_icmp(Octets packet);

/// What a quotation tells of the segment that it is the front of, seen from its sender.
struct QuotedSegment {
  Endpoint source;
  Endpoint destination;
  SeqNum seq;
};

/// Nothing where what is quoted is not TCP, or ends before the sequence number does.
std::optional<QuotedSegment> quoted_segment(Octets quoted);

/// `ICMP fragmentation-needed seq=1001 mtu=1000`; seq counts from `base` where there is one.
std::string to_string(const IcmpMessage& message, std::optional<SeqNum> base);

}  // namespace tcprove::wire
