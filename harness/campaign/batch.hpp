#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "harness/campaign/corpus.hpp"
#include "harness/campaign/finding.hpp"

namespace tcprove::campaign {

/// What one execution showed.
struct Observation {
  std::uint64_t execution = 0;
  tcp::AnsweredCells answered;
  std::vector<Shown> shown;
};

/// How plans are played.
struct BatchSettings {
  std::string target;
  std::size_t workers = 1;
  std::size_t executions_per_job = 64;
  /// Of wall time for the executions of one job; a stack that takes longer hangs.
  std::chrono::milliseconds job_time = std::chrono::seconds(10);
};

/// Which executions are to be played, and what is known before.
struct Batch {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::function<OctetVector(std::uint64_t execution)> plan;
  const tcp::AnsweredCells& covered;
  const std::set<FindingKind>& seen;
};

struct BatchResult {
  /// By execution, those that showed something that neither the batch's caller nor an execution
  /// before it in its job had seen.
  std::vector<Observation> telling;
  std::uint64_t executions = 0;
  std::string error;  ///< A sentence where no worker could be started.
};

/// Plays a batch in worker processes. A stack that dies or hangs costs the one execution.
///
/// The answer does not depend on how many workers there are or who is faster, unless `interrupted`.
BatchResult play_batch(const BatchSettings& settings, const Batch& batch,
                       const std::function<bool()>& interrupted);

}  // namespace tcprove::campaign
