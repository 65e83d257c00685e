#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "harness/engine/outcome.hpp"
#include "harness/monitor/violation.hpp"
#include "harness/profile/facts.hpp"
#include "harness/tcp/cell_set.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::cli {

/// What a worker tells of one play.
struct Play {
  engine::Outcome outcome;
  std::vector<monitor::Violation> violations;  ///< That the monitor found; without file and line.
  tcp::CellSet cells;                          ///< Of the state × event table, that it exercised.
  profile::Facts facts;                        ///< That its trace tells of the stack.
  std::chrono::microseconds wall_time{};
  std::optional<trace::Trace> trace;  ///< Where it is wanted.
};

/// Octets that play_from_octets() reads back in the process that forked the worker.
///
/// Requires: `violations` are the monitor's, by rules of its table.
std::vector<std::uint8_t> play_to_octets(const engine::Outcome& outcome,
                                         std::span<const monitor::Violation> violations,
                                         std::chrono::microseconds wall_time,
                                         const trace::Trace* trace, const tcp::CellSet& cells = {},
                                         const profile::Facts& facts = {});

/// Nothing where `octets` is not what play_to_octets() wrote: a stack may have overwritten
/// anything.
std::optional<Play> play_from_octets(wire::Octets octets);

}  // namespace tcprove::cli
