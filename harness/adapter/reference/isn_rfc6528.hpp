#pragma once

#include <cstdint>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/address.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::adapter::reference {

/// The keyed function F() of RFC 6528 section 3 over the four-tuple: SipHash-2-4 under a key that
/// `secret` expands to, so that one seed gives one run.
std::uint64_t keyed_hash(const wire::FourTuple& tuple, std::uint64_t secret);

/// ISN = M + F(tuple, secret), M a clock of 4 microseconds (RFC 9293 MUST-8, MUST-9, SHLD-1).
wire::SeqNum initial_sequence_number(const wire::FourTuple& tuple, base::Instant now,
                                     std::uint64_t secret);

}  // namespace tcprove::adapter::reference
