#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/monitor/emission.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::monitor {

/// What a trace tells of all connections of a stack together.
struct ShadowHost {
  /// An initial sequence number that the stack chose.
  struct Opening {
    wire::FourTuple tuple;
    wire::SeqNum iss;
    base::Instant at;
  };

  static constexpr std::size_t kOpeningsKept = 16;
  std::array<Opening, kOpeningsKept> openings{};  ///< A ring; opening(0) is the latest.
  std::size_t opening_count = 0;
  bool iss_planned = false;

  // Fast Open (RFC 7413): cookies as hash_of_cookie() has them, 0 where there is none.
  std::uint64_t granted = 0;   ///< By the stack, the latest one.
  std::uint64_t former = 0;    ///< And the one before it.
  std::uint64_t received = 0;  ///< From the peer.
  bool failed = false;         ///< The peer did not take data that came on the stack's SYN.

  /// `back` openings before the latest; nothing where there was none or it is not kept any more.
  [[nodiscard]] const Opening* opening(std::size_t back) const;

  /// The stack emitted a SYN; `tcb` is as it was before.
  void note_syn(const ShadowTcb& tcb, const Emission& emission);

  /// A SYN of the peer's reached the stack; `tcb` is as it was before.
  void note_peer_syn(const ShadowTcb& tcb, const Arrival& syn);
};

/// The connection that a packet of the stack's belongs to.
wire::FourTuple tuple_of(const wire::Packet& packet);

}  // namespace tcprove::monitor
