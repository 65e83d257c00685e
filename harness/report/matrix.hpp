#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "harness/report/style.hpp"
#include "harness/report/tally.hpp"

namespace tcprove::report {

/// A row of the number and clock matrix: all scenarios of a run, played otherwise.
struct MatrixRowResult {
  std::string options;  ///< That play it alone: `--iss-peer 0x10 --iss-stack 0x0`.
  Tally tally;
  std::map<std::string, std::size_t> left_out;  ///< Instances, by the reason.
  std::size_t differences = 0;                  ///< Instances.
};

/// An instance whose verdict is another one in a row.
struct MatrixDifference {
  std::size_t row = 0;
  Verdict as_written = Verdict::Pass;
  ScenarioResult result;  ///< In the row; without its trace.
};

/// What became of a run's scenarios in every row.
struct MatrixResult {
  std::vector<MatrixRowResult> rows;
  std::vector<MatrixDifference> differences;  ///< By instance, then by row.
  std::size_t plays = 0;
  std::size_t not_played = 0;  ///< When the run was interrupted.
  std::chrono::microseconds wall_time{};

  [[nodiscard]] bool holds() const { return differences.empty(); }
};

/// Rows by their verdicts, rows without a difference and with the same verdicts as one; then each
/// instance that differs, with the first row where it does and the command that plays it there.
///
/// Requires: `run.matrix`.
void write_matrix(std::ostream& out, const RunResult& run, const TextStyle& style);

}  // namespace tcprove::report
