#pragma once

#include "harness/cli/known_deviations.hpp"
#include "harness/cli/play_jobs.hpp"
#include "harness/report/result.hpp"
#include "harness/scenario/catalogue.hpp"

namespace tcprove::cli {

/// A play as reports tell it, judged by its own steps and by the monitor; `known` deviations excuse
/// what they speak of, null: nothing.
///
/// Requires: `catalogue` has what the job's scenario covers.
report::ScenarioResult result_of(const PlayJob& job, Play play,
                                 const scenario::Catalogue& catalogue, KnownDeviations* known);

}  // namespace tcprove::cli
