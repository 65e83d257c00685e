#pragma once

#include <ostream>

#include "harness/report/result.hpp"
#include "harness/report/style.hpp"

namespace tcprove::report {

/// Each known deviation that excused something once, in the order in which the run met them, with
/// the scenarios that show it.
void write_known_deviations(std::ostream& out, const RunResult& run, const TextStyle& style);

/// `known.yaml:7: the rule … finds nothing in … any more`, without an end of line.
std::string sentence_of(const StaleDeviation& stale);

/// The known deviations that are none any more.
void write_stale_deviations(std::ostream& out, const RunResult& run, const TextStyle& style);

}  // namespace tcprove::report
