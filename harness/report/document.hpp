#pragma once

#include <cstddef>
#include <ostream>
#include <string>

#include "harness/report/result.hpp"
#include "harness/report/style.hpp"

namespace tcprove::report {

/// How much a document tells, and how.
struct DocumentOptions {
  TextStyle style = {};
  std::size_t ladder_rows = 16;  ///< That lead to what went wrong; 0 for the whole trace.
};

/// The requirement's RFC and section: `RFC 9293 §3.6.1`, `RFC 5961 §3.2`.
std::string citation(const monitor::Violation& violation, bool utf8);

/// A result as a small document: verdict, id and claim, the step with what was expected and what
/// came, the requirements violated, the ladder that led there and the command that replays it.
void write_document(std::ostream& out, const RunResult& run, const ScenarioResult& result,
                    const DocumentOptions& options);

}  // namespace tcprove::report
