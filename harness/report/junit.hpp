#pragma once

#include <ostream>
#include <span>

#include "harness/report/result.hpp"

namespace tcprove::report {

struct JunitOptions {
  bool strict = false;  ///< As the run's: a SHOULD that was violated is a failure.
};

/// The run as JUnit XML for CI systems: a suite per folder, a case per scenario.
///
/// fail and xpass are failures, error is an error; unsupported, inconclusive and xfail are skipped
/// with their reason; warn passes with its document as output unless `strict`. Known deviations
/// that are stale are failures of a suite of their own. What XML 1.0 cannot hold becomes U+FFFD.
/// Times are wall times in seconds.
/// Of several runs each has its suites to itself: their names and their cases' classes begin with
/// the target.
void write_junit(std::ostream& out, std::span<const RunResult> runs, const JunitOptions& options);

}  // namespace tcprove::report
