#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/cli/play_octets.hpp"
#include "harness/engine/workers.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/trial/judge.hpp"
#include "harness/trial/matrix_row.hpp"

namespace tcprove::cli {

/// One instance to be played.
struct PlayJob {
  const scenario::Scenario* scenario = nullptr;
  const scenario::Instance* instance = nullptr;
  trial::MatrixRow row{};
};

/// What is played: the instance's plan in its row.
plan::Plan plan_of(const PlayJob& job);

struct PlaySettings {
  std::string target;
  adapter::StackProfile profile;  ///< Of the target.
  std::uint64_t seed = 1;
  std::size_t workers = 1;
  bool keep_traces = false;  ///< Of what held, too.
};

/// How many workers a run has where nobody says: one, which is fast enough in virtual time, or so
/// many that plays in real time wait for each other no longer than for themselves.
std::size_t workers_for(const adapter::StackProfile& profile);

/// Called in the order in which plays end.
using PlayDone = std::function<void(std::size_t job, Play)>;

/// Plays `jobs` on the target, each in a worker process, and judges each by the monitor. A stack
/// that crashes or hangs gives a play whose outcome is an error with its last events.
///
/// Errors: a sentence where no worker could be started.
std::string play_jobs(const std::vector<PlayJob>& jobs, const PlaySettings& settings,
                      const PlayDone& done);

// For those who play by other means.

/// A play's octets that are an error for this reason.
std::vector<std::uint8_t> error_octets(std::string reason);

/// What a stack did before it took its worker down, judged.
Play play_of(const engine::LostJob& lost, trial::Judge& judge);

/// What a worker wrote by play_to_octets(); an error of its stack where it is nothing of the kind.
Play play_or_error(wire::Octets octets);

}  // namespace tcprove::cli
