#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/play_jobs.hpp"
#include "harness/trial/matrix_row.hpp"

namespace tcprove::cli {

/// All of a play that its verdict depends on.
struct PlayDigest {
  engine::Outcome::Kind kind = engine::Outcome::Kind::Held;
  std::optional<trace::StepIndex> failed_step;
  std::vector<std::string> rules;  ///< That complained; sorted, each once.

  bool operator==(const PlayDigest&) const = default;
};

PlayDigest digest_of(const engine::Outcome& outcome,
                     std::span<const monitor::Violation> violations);

/// What is played: every job in every row.
struct MatrixPlays {
  const std::vector<PlayJob>& jobs;
  const std::vector<PlayDigest>& as_written;  ///< By job.
  const std::vector<trial::MatrixRow>& rows;
  std::string target;
  adapter::StackProfile profile;  ///< Of the target.
  std::uint64_t seed = 1;
  std::size_t workers = 1;
};

/// Each called once a play, in the order in which plays end: one of the first three.
struct MatrixEvents {
  std::function<void(std::size_t row, std::size_t job)> same;  ///< As it is written.
  std::function<void(std::size_t row, std::size_t job, std::string_view why)> left_out;
  std::function<void(std::size_t row, std::size_t job, Play)> other;
  std::function<void(std::size_t plays)> progress;  ///< So many are over.
};

/// Plays in worker processes, and tells only of what is not as it is without the row.
///
/// Errors: a sentence where no worker could be started.
std::string play_matrix(const MatrixPlays& plays, const MatrixEvents& events);

}  // namespace tcprove::cli
