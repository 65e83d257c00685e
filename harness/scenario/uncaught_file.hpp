#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/result.hpp"

namespace tcprove::scenario {

/// A fault that the suite is known not to catch.
struct UncaughtFault {
  std::string target;  ///< Of the run that plays it: `reference:fault=all`, `fault=all,lwip`.
  std::string fault;
  std::string reason;  ///< A sentence.
  base::Place place;   ///< Of `fault` in the file.
};

/// What `specs/expected/uncaught-faults.yaml` says, in the order written.
struct UncaughtFaults {
  std::string file;
  std::vector<UncaughtFault> faults;
};

/// Reads the faults that are known not to be caught, each once.
/// Errors: all of them.
base::Result<UncaughtFaults> load_uncaught_faults(const std::filesystem::path& path);

}  // namespace tcprove::scenario
