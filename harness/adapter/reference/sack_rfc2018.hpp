#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/wire/options.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::adapter::reference {

class Host;
struct Tcb;

/// What a connection keeps in order to acknowledge selectively (RFC 2018 section 4, RFC 2883).
struct SelectiveAcks {
  bool agreed = false;                         ///< Both SYNs had SACK-permitted.
  std::vector<wire::SeqNum> arrivals;          ///< A number of each run beyond a gap, newest first.
  std::optional<wire::Sack::Block> duplicate;  ///< To be reported with the next ACK, and once.
};

/// A segment that begins at `begin` waits behind a gap.
void note_arrival_beyond_gap(Tcb& tcb, wire::SeqNum begin);

/// Of `seg`, remembers the first run of octets that have arrived before. Answers whether there is
/// one.
bool note_duplicate(const Host& host, Tcb& tcb, const wire::Segment& seg);

/// Appends the SACK option that an ACK carries now, if any: no longer than `room` octets.
void append_sack(const Host& host, const Tcb& tcb, std::size_t room,
                 std::vector<std::uint8_t>& out);

}  // namespace tcprove::adapter::reference
