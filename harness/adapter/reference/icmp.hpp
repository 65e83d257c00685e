#pragma once

#include <cstdint>

#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/tcb.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::adapter::reference {

/// An ICMP error about the segment of `tcb` that begins at `quoted`.
void icmp_arrives(Host& host, Tcb& tcb, const wire::IcmpMessage& message, wire::SeqNum quoted);

// path_mtu_rfc1191.cpp

/// A packet of the connection was larger than a next hop's `mtu`: lowers what a segment may hold
/// (RFC 1191, RFC 8201) and sends what is outstanding again, in pieces that fit.
void packet_too_big(Host& host, Tcb& tcb, std::uint32_t mtu);

}  // namespace tcprove::adapter::reference
