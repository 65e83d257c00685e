#pragma once

#include <filesystem>

#include "harness/base/result.hpp"
#include "harness/scenario/uncaught_file.hpp"

namespace tcprove::cli {

/// Where the faults are listed that the suite is known not to catch.
std::filesystem::path uncaught_faults_path();

/// Reads them; each must be one of its target's, where this binary has that stack.
base::Result<scenario::UncaughtFaults> read_uncaught_faults();

}  // namespace tcprove::cli
