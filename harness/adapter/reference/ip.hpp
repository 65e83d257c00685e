#pragma once

#include <optional>

#include "harness/adapter/reference/output.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::adapter::reference {

/// What IP and the checksum let through to TCP: well formed, for this host, from an address that
/// may send (RFC 9293 MUST-3, MUST-57, MUST-63). Nothing where the packet is to be dropped in
/// silence.
///
/// Lifetime: views into `packet`.
std::optional<Arrival> receive_packet(const Host& host, wire::Octets packet);

/// An ICMP error for this host; nothing where the packet is none.
///
/// Lifetime: views into `packet`.
std::optional<wire::IcmpMessage> receive_icmp(const Host& host, wire::Octets packet);

/// Neither unspecified nor broadcast, multicast or loopback: MUST-46 for an OPEN.
bool is_unicast(const wire::IpAddress& address);

}  // namespace tcprove::adapter::reference
