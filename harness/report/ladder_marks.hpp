#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "harness/report/ladder.hpp"

namespace tcprove::report {

/// Marks in `rows`, made from all of the result's trace, what was violated and notes what was
/// expected there; where nothing happened that should have, a Remark says so.
void mark_violations(const ScenarioResult& result, std::vector<LadderRow>& rows);

/// The rows that tell of the failure: `before` of them that lead to the first and to the last
/// violated one, and a few after each; fewer at some of those between; without any the last
/// `before` of all. What is left out becomes a Gap. With 0 all rows.
std::vector<LadderRow> around_violations(std::span<const LadderRow> rows, std::size_t before);

}  // namespace tcprove::report
