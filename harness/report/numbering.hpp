#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/trace/trace.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::report {

/// Whose sequence space a number lies in.
enum class Side : std::uint8_t { Peer, Stack };

constexpr Side other(Side side) { return side == Side::Peer ? Side::Stack : Side::Peer; }

/// How sequence numbers are counted in a trace: from each side's first SYN of the connection, a
/// peer without one from its planned number, or raw.
class Numbering {
 public:
  /// Every number raw.
  Numbering() = default;

  /// Reads the initial sequence numbers off `trace`.
  Numbering(const trace::Trace& trace, std::optional<wire::SeqNum> peer_iss);

  /// The initial sequence number that `side` counts from; nothing where its numbers are raw.
  [[nodiscard]] std::optional<wire::SeqNum> iss(trace::ConnectionIndex connection, Side side) const;

 private:
  std::vector<std::array<std::optional<wire::SeqNum>, 2>> iss_;  // By connection, by side.
  std::optional<wire::SeqNum> planned_peer_iss_;
};

}  // namespace tcprove::report
