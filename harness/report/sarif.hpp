#pragma once

#include <ostream>
#include <span>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// The runs as SARIF 2.1.0 for code scanning: a rule for each requirement that was missed, a result
/// for each scenario that shows it, at the step under way. What the list of known deviations
/// explains is suppressed, with the reason; what is gone from it is an error.
///
/// Of a scenario that ended without a requirement, as in a crash, the rule is the verdict. Each
/// target is a run of its own. Nothing in it changes from one run to the next with the same stack.
void write_sarif(std::ostream& out, std::span<const RunResult> runs);

}  // namespace tcprove::report
