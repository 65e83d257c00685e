#include "harness/report/comparison.hpp"

#include <algorithm>
#include <cstddef>

#include "harness/base/check.hpp"
#include "harness/report/requirements.hpp"

namespace tcprove::report {

bool ComparedRequirement::is_notable() const {
  return std::ranges::any_of(by_target, [this](const RequirementResult* requirement) {
    return requirement->verdict == kRequirementFails || requirement->verdict == kRequirementWarns ||
           requirement->verdict != by_target.front()->verdict;
  });
}

std::vector<ComparedRequirement> compared(std::span<const RunResult> runs) {
  std::vector<ComparedRequirement> matrix;
  if (runs.empty()) return matrix;
  matrix.resize(runs.front().requirements.size());
  for (const RunResult& run : runs) {
    TCPROVE_CHECK(run.requirements.size() == matrix.size(), "all runs have one catalogue");
    for (std::size_t i = 0; i < matrix.size(); ++i) {
      matrix[i].by_target.push_back(&run.requirements[i]);
    }
  }
  return matrix;
}

std::size_t count_of_all(std::span<const ComparedRequirement> matrix, std::string_view shown) {
  return static_cast<std::size_t>(
      std::ranges::count_if(matrix, [shown](const ComparedRequirement& row) {
        return std::ranges::all_of(row.by_target, [shown](const RequirementResult* requirement) {
          return shown_verdict(*requirement) == shown;
        });
      }));
}

}  // namespace tcprove::report
