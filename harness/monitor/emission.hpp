#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/monitor/shadow_tcb.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::monitor {

/// What a SYN of the stack's is to the connection that it belongs to.
enum class SynKind : std::uint8_t {
  None,     ///< No SYN.
  First,    ///< The stack's first.
  Repeat,   ///< The same sequence number again.
  Reopens,  ///< Another number, and the connection before may have ended.
  Changed,  ///< Another number although nothing ended the connection.
  Unclear,  ///< The same number; whether it belongs to that connection or a new one is not clear.
};

/// A segment that the stack emitted, and what it is beside those before.
///
/// Lifetime: as the packet's views.
struct Emission {
  const wire::Packet* packet = nullptr;
  base::Instant at;
  std::size_t event = 0;
  SynKind syn = SynKind::None;
  bool repeats = false;  ///< It occupies sequence space, and only such as the stack used before.
  /// Its numbers can be judged: both SYNs are known and it belongs to that connection.
  bool in_connection = false;

  [[nodiscard]] const wire::Segment& segment() const { return packet->segment; }
  [[nodiscard]] bool has(wire::Flag flag) const { return packet->segment.ctl.has(flag); }
  /// The number of its first octet of data.
  [[nodiscard]] wire::SeqNum data_begin() const {
    return segment().seq + (has(wire::Flag::Syn) ? 1U : 0U);
  }
  [[nodiscard]] wire::SeqNum data_end() const {
    return data_begin() + static_cast<wire::SeqLen>(segment().payload.size());
  }
  [[nodiscard]] wire::SeqNum end() const { return segment().seq + segment().len(); }
};

/// Requires: `packet` holds a segment and outlives the answer.
Emission classify(const ShadowTcb& tcb, const StackFacts& facts, const wire::Packet& packet,
                  base::Instant at, std::size_t event);

/// Whether it is of the connection that the user has, the SYN that opens it included.
///
/// Requires: `tcb` is as it was before the emission.
bool is_of_users_connection(const ShadowTcb& tcb, const Emission& emission);

/// Whether it is an ACK that tells the peer what the stack told before, with nothing left to tell.
///
/// Requires: `tcb` is as it was before the emission.
bool tells_nothing_new(const ShadowTcb& tcb, const Emission& emission);

/// Whether it is a challenge ACK (RFC 5961): the answer to a segment that draws no other ACK.
///
/// Requires: `tcb` is as it was before the emission.
bool is_challenge(const ShadowTcb& tcb, const Emission& emission);

/// Whether any SYN of the peer's that a segment of the stack's may acknowledge is such that
/// `holds`.
bool any_acknowledged_syn(const ShadowTcb& tcb, const wire::Segment& segment,
                          bool (*holds)(const Arrival& syn));

/// The latest SYN of the peer's that a segment of the stack's acknowledges, in whole or with the
/// data on it; nothing where none is known.
const Arrival* acknowledged_syn(const ShadowTcb& tcb, const wire::Segment& segment);

}  // namespace tcprove::monitor
