#pragma once

#include "harness/adapter/registry.hpp"
#include "harness/cli/arguments.hpp"
#include "harness/cli/exit_status.hpp"

namespace tcprove::cli {

/// Plays the scenarios selected, prints what came of them and writes the reports asked for.
ExitStatus run_command(const RunArguments& arguments);

/// Plays the scenarios selected against every fault of a target, prints what catches each and how
/// many are caught; what run_command() does where the target's fault is `all`.
ExitStatus score_command(const RunArguments& arguments, adapter::EveryFault every);

/// Plays generated plans against a stack, writes down what they find and the reports asked for.
ExitStatus fuzz_command(const FuzzArguments& arguments);

/// Prints what there is to name on the command line.
ExitStatus list_command(const ListArguments& arguments);

/// Prints every mistake in the files selected.
ExitStatus lint_command(const LintArguments& arguments);

/// Judges every connection in a capture, prints what came of it and writes the reports asked for.
ExitStatus check_command(const CheckArguments& arguments);

/// Prints what works of an adapter, what is missing, and what to do next.
ExitStatus smoke_command(const SmokeArguments& arguments);

}  // namespace tcprove::cli
