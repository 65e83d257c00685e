#pragma once

#include <ostream>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// The result's packets as a pcapng capture, the section commented with the scenario's id and
/// verdict, each packet with the step that it belongs to, the calls made since the one before, what
/// became of it, the state that followed and what it violated.
///
/// Lost packets are in it, marked as such: they were on the wire. Times are virtual.
/// Errors: those of `out`.
void write_capture(std::ostream& out, const ScenarioResult& result);

}  // namespace tcprove::report
