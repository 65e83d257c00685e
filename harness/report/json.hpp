#pragma once

#include <ostream>
#include <span>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// The run as `--json` promises it: keys and their order are stable, times with unit in the key,
/// fractions of a millisecond as decimals. Octets that are not UTF-8 become U+FFFD.
///
/// `state_event` names each cell of the state × event table once, `STATE/event`, as `exercised` or
/// `not_exercised` by some scenario of the run. Beyond the always present keys, `reason` stands
/// beside a requirement's verdict that has one, `rules` beside one that the monitor judges, `stale`
/// lists known deviations by rule that nothing showed, with their number in the summary, and
/// `not_played` is in the summary of an interrupted run. Ends in a newline.
void write_json(std::ostream& out, const RunResult& run);

/// Several targets' runs of the same scenarios: each as above in `targets`, and each requirement of
/// the catalogue once in `requirements`, with its verdict by target.
void write_json(std::ostream& out, std::span<const RunResult> runs);

}  // namespace tcprove::report
