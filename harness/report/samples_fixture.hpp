#pragma once

#include <vector>

#include "harness/report/result.hpp"

/// Results made by hand, of every kind that a report must tell; for tests alone.
namespace tcprove::report::samples {

ScenarioResult passed();
ScenarioResult fin_with_wrong_seq();         ///< fail: one segment compared, `seq` differs.
ScenarioResult lost_and_never_sent_again();  ///< fail: losses both ways, a retransmission missing.
ScenarioResult syn_with_options();           ///< warn: options too long for one line.
ScenarioResult reset_in_window();            ///< fail: RST, with numbers absolute.
ScenarioResult two_connections();            ///< inconclusive, and named connections.
ScenarioResult bad_checksum_acked();         ///< fail: the monitor's rule, at an event.
ScenarioResult crashed_in_a_call();          ///< error: the last call has no answer.
ScenarioResult known_deviation();            ///< xfail.
ScenarioResult deviation_gone();             ///< xpass.
ScenarioResult unsupported();                ///< unsupported, without a trace.
ScenarioResult long_trace();                 ///< fail: violated in the middle and at the end.
ScenarioResult
hostile_names();  ///< fail: control characters, markup and octets that are not UTF-8.

/// All of them as one run, by id.
RunResult run();

/// Runs of two scenarios on two stacks that differ; one holds and one violates.
std::vector<RunResult> two_targets();

}  // namespace tcprove::report::samples
