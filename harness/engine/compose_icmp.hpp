#pragma once

#include <cstdint>
#include <vector>

#include "harness/engine/compose.hpp"
#include "harness/plan/plan.hpp"

namespace tcprove::engine {

/// What an ICMP error about a connection can quote.
///
/// Lifetime: views.
struct Quotable {
  const Numbering& numbering;
  const ConnectionView& view;
  const wire::FourTuple& tuple;
  wire::Octets latest;  ///< The packet that the stack emitted last; empty where there is none.
};

/// Writes the packet with the error that `icmp` names after clearing `out`; the peer's address is
/// its source.
///
/// It quotes what the stack sent last on the connection, its sequence number changed where `icmp`
/// names one; of a connection on which it sent nothing, a segment that it might have sent. ICMPv4
/// quotes no more than the eight octets that a router must (RFC 792).
void compose_icmp(const plan::SendIcmp& icmp, const Quotable& quotable,
                  std::vector<std::uint8_t>& out);

}  // namespace tcprove::engine
