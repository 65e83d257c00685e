#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/cli/play_octets.hpp"
#include "harness/engine/workers.hpp"
#include "harness/scenario/scenario.hpp"

namespace tcprove::cli {

/// One instance to be played.
struct PlayJob {
  const scenario::Scenario* scenario = nullptr;
  const scenario::Instance* instance = nullptr;
};

struct PlaySettings {
  std::string target;
  adapter::StackProfile profile;  ///< Of the target.
  std::uint64_t seed = 1;
  std::size_t workers = 1;
  bool keep_traces = false;  ///< Of what held, too.
};

/// Called in the order in which plays end.
using PlayDone = std::function<void(std::size_t job, Play)>;

/// Plays `jobs` on the target, each in a worker process, and judges each by the monitor. A stack
/// that crashes or hangs gives a play whose outcome is an error with its last events.
///
/// Errors: a sentence where no worker could be started.
std::string play_jobs(const std::vector<PlayJob>& jobs, const PlaySettings& settings,
                      const PlayDone& done);

}  // namespace tcprove::cli
