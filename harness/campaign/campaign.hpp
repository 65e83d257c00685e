#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "harness/campaign/known_findings.hpp"
#include "harness/report/campaign.hpp"

namespace tcprove::campaign {

/// What a campaign is to do.
struct Settings {
  /// Known to adapter::make_adapter(). It is made in workers alone: what its profile says the
  /// caller has to know, from a process of its own where making the stack may end one.
  std::string target;
  std::string target_version{};
  tcp::Capabilities offered{};  ///< By the target.
  std::size_t workers = 1;
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> runs;  ///< So many executions beside those of the seeds.
  std::filesystem::path corpus;       ///< Read, grown and minimised; empty: none.
  std::filesystem::path out;          ///< Where findings are written, at once.
  KnownFindings known;
  bool first_finding_ends = false;  ///< The round with a new finding is the last.
};

/// How a campaign tells its caller of itself.
struct Events {
  std::function<void(const report::CampaignFinding&)> found;  ///< A new one, in its final form.
  std::function<void(const report::CampaignResult&)> round;   ///< A round of executions is over.
  std::function<bool()> out_of_time;  ///< No round begins any more; findings are still made short.
  std::function<bool()> interrupted;  ///< All stops; what was found is written.
};

struct Outcome {
  report::CampaignResult result;
  std::string error;  ///< What could not be done; empty where all could be.
};

/// Plays plan after plan on a target, in worker processes, and follows those that show an answer of
/// the stack's in a cell of the state × event table for the first time.
///
/// It goes in rounds: what the workers find in one is merged in the order of its executions, so
/// that findings are a function of target, seed, runs and corpus, and not of how many workers there
/// are. What a former campaign has left in `out` is played first, so that a campaign that was
/// killed goes on where it was.
Outcome run_campaign(const Settings& settings, const Events& events);

}  // namespace tcprove::campaign
