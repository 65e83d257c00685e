#pragma once

#include <ostream>
#include <span>

#include "harness/report/ladder.hpp"
#include "harness/report/style.hpp"

namespace tcprove::report {

/// Draws `rows` as a ladder: time, the peer at the left, the stack at the right with its calls and
/// states, arrows between them that carry the segments, and a mark beside each violated row.
///
/// Keeps to the style's width where a segment's parts allow it: options move to lines of their own.
void write_ladder(std::ostream& out, std::span<const LadderRow> rows, const TextStyle& style);

}  // namespace tcprove::report
