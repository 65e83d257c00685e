#pragma once

#include <ostream>
#include <span>
#include <string>

#include "harness/report/ladder.hpp"
#include "harness/report/style.hpp"

namespace tcprove::report {

/// How many decimals of a second the instants of `rows` need: milliseconds unless one needs more.
int decimals_of(std::span<const LadderRow> rows);

/// Seconds, `0.250s`: with one count of decimals the dots of all rows stand in one column.
std::string clock_text(base::Instant at, int decimals);

/// Draws `rows` as a ladder: time, the peer at the left, the stack at the right with its calls and
/// states, arrows between them that carry the segments, and a mark beside each violated row.
///
/// Keeps to the style's width where a segment's parts allow it: options move to lines of their own.
void write_ladder(std::ostream& out, std::span<const LadderRow> rows, const TextStyle& style);

}  // namespace tcprove::report
