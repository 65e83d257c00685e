#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/known_deviations.hpp"
#include "harness/cli/play_matrix.hpp"
#include "harness/report/matrix.hpp"
#include "harness/scenario/catalogue.hpp"

namespace tcprove::cli {

/// `tcprove run --matrix`: what was played as it is written is played again in every row.
struct MatrixRun {
  const std::vector<PlayJob>& jobs;
  const std::vector<PlayDigest>& as_written;           ///< By job.
  const std::vector<report::ScenarioResult>& results;  ///< By job.
  const scenario::Catalogue& catalogue;
  const std::optional<KnownDeviations>& known;
  std::string target;
  adapter::StackProfile profile;  ///< Of the target.
  std::uint64_t seed = 1;
  std::size_t workers = 1;
};

/// Plays it, with a count on a terminal. `failure` says why no worker could be started.
std::shared_ptr<const report::MatrixResult> run_matrix(const MatrixRun& run, std::string& failure);

}  // namespace tcprove::cli
