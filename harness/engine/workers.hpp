#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::engine {

/// Plays jobs inside one worker process. Made after the fork, so that a stack lives and dies there.
class JobRunner {
 public:
  virtual ~JobRunner() = default;

  /// Does job `job` and answers its result; the octets mean what caller and runner agree on.
  virtual std::vector<std::uint8_t> run(std::size_t job) = 0;

  /// What is known of the job under way; called in a signal handler of the dying worker.
  virtual std::vector<std::uint8_t> last_words() = 0;
};

/// A job whose worker did not live to give its result.
struct LostJob {
  std::size_t job = 0;
  std::string reason;                    ///< `the stack crashed: Aborted; it printed: …`
  std::vector<std::uint8_t> last_words;  ///< Empty where even those were lost.
};

/// What run_jobs() tells its caller, in the caller's process, in the order in which jobs end.
struct JobEvents {
  std::function<void(std::size_t job, wire::Octets result)> done;
  std::function<void(const LostJob&)> lost;
  /// Asked often; true ends the run: workers are killed, what is done stays done.
  std::function<bool()> interrupted;
};

struct WorkerLimits {
  std::size_t workers = 1;
  /// Of wall time a job; a stack that loops longer is killed and its job lost.
  std::chrono::milliseconds job_time = std::chrono::seconds(10);
  /// Address space a worker; a stack that wants more gets none. Not with AddressSanitizer.
  std::size_t memory_octets = std::size_t{4} << 30U;
  /// Files that a worker may have open beside its own. One that has used up half of these, or of
  /// its memory, makes room for a fresh one after its job.
  std::size_t files = 256;
  /// Of what a stack prints in a job; the rest is cut. The same for a file that it writes.
  std::size_t output_octets = std::size_t{16} << 20U;
};

/// Runs jobs 0 … count-1 in forked worker processes, each job once. A worker that crashes, aborts,
/// exits or hangs costs its one job; another takes its place. Neither a worker nor a process that
/// came of it outlives the call, unless that has left its process group.
///
/// Errors: a sentence where no worker could be started, or none lives long enough to take a job;
/// empty otherwise.
/// Requires: no threads in the calling process.
std::string run_jobs(std::size_t count, const WorkerLimits& limits,
                     const std::function<std::unique_ptr<JobRunner>()>& make_runner,
                     const JobEvents& events);

}  // namespace tcprove::engine
