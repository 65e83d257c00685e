#pragma once

#include <cstddef>
#include <ostream>

#include "harness/report/document.hpp"
#include "harness/report/result.hpp"

namespace tcprove::report {

struct TerminalOptions {
  DocumentOptions document = {};
  std::size_t documents_max = 20;  ///< Further failures are listed by id alone.
  bool profile = false;            ///< All that was measured of the stack, not one line.
  bool replay = false;  ///< A whole document of each scenario, whatever came of it, and no tables.
};

/// `tcprove 0.1.0  target lwip 2.1.3  seed 1`: what a run needs to be repeated, before it begins.
void write_header(std::ostream& out, const RunResult& run, const TextStyle& style);

/// One line: verdict, id, the virtual time it took, and why where it did not pass.
void write_result_line(std::ostream& out, const ScenarioResult& result, const TextStyle& style);

/// All that is left to say when a run is over, or a replay: a document for each scenario that turns
/// it red or warns, known deviations and unsupported scenarios with their reasons, counts by folder
/// and by requirement, and one line that sums up.
void write_summary(std::ostream& out, const RunResult& run, const TerminalOptions& options);

}  // namespace tcprove::report
