#pragma once

#include <string>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// The command that plays `result` again: `tcprove run 'specs/….yaml[ip=4]' --target lwip --seed
/// 1`, or judges its capture again, quoted for a shell.
///
/// Octets that a line of text cannot show are spelt `$'\NNN'` (POSIX.1-2024); with `utf8` off all
/// past ASCII.
std::string replay_command(const RunResult& run, const ScenarioResult& result, bool utf8);

}  // namespace tcprove::report
