#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// One row of the requirement × stack matrix.
///
/// Lifetime: points into the runs that compared() was given.
struct ComparedRequirement {
  std::vector<const RequirementResult*> by_target;  ///< In the order of the runs; never empty.

  [[nodiscard]] const std::string& id() const { return by_target.front()->id; }
  [[nodiscard]] const std::string& level() const { return by_target.front()->level; }

  /// Whether a reader should look: some stack violates it, or two differ.
  [[nodiscard]] bool is_notable() const;
};

/// The matrix: the catalogue's requirements down the side, the stacks of `runs` across the top.
///
/// Requires: all runs were judged by one catalogue.
std::vector<ComparedRequirement> compared(std::span<const RunResult> runs);

/// How many rows of `matrix` show the verdict `shown` on every stack.
std::size_t count_of_all(std::span<const ComparedRequirement> matrix, std::string_view shown);

}  // namespace tcprove::report
