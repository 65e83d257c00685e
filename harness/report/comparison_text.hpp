#pragma once

#include <ostream>
#include <span>

#include "harness/report/result.hpp"
#include "harness/report/style.hpp"

namespace tcprove::report {

/// The requirement × stack matrix as a table for terminals: the rows where a stack violates
/// something or two stacks differ, then how many are the same on all.
void write_comparison(std::ostream& out, std::span<const RunResult> runs, const TextStyle& style);

}  // namespace tcprove::report
