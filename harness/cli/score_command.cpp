#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "harness/adapter/registry.hpp"
#include "harness/base/check.hpp"
#include "harness/base/output_file.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/play_faults.hpp"
#include "harness/cli/play_selection.hpp"
#include "harness/cli/played_result.hpp"
#include "harness/cli/proofs.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/cli/target_profile.hpp"
#include "harness/cli/terminal_device.hpp"
#include "harness/cli/uncaught_faults.hpp"
#include "harness/cli/unproven.hpp"
#include "harness/cli/version.hpp"
#include "harness/report/score.hpp"
#include "harness/report/terminal.hpp"

namespace tcprove::cli {
namespace {

using report::FaultResult;
using report::Verdict;

/// One `tcprove run --target …fault=all…` from its scenarios to its report.
class ScoreCommand {
 public:
  ScoreCommand(const RunArguments& arguments, const scenario::Catalogue& catalogue,
               adapter::EveryFault every)
      : arguments_(arguments), catalogue_(catalogue), every_(std::move(every)) {}

  ExitStatus run();

 private:
  ExitStatus prepare();
  bool load_uncaught();
  std::string play_correct();
  std::string play_all_faults();
  std::string prove();
  [[nodiscard]] FaultPlays plays() const;
  [[nodiscard]] bool plays_everything() const;
  void take(const Sighting& sighting);
  void conclude();
  bool write_report();

  const RunArguments& arguments_;
  const scenario::Catalogue& catalogue_;
  adapter::EveryFault every_;
  adapter::StackProfile profile_;
  PlaySelection selection_;
  std::optional<KnownDeviations> known_;
  std::vector<report::ScenarioResult> correct_;  ///< By job.
  /// What was seen first of each fault, by job.
  struct First {
    std::optional<Sighting> steps;
    std::optional<Sighting> rule;
    std::optional<std::size_t> proof;  ///< Of the fault's requirement: the job.
    std::size_t crash = SIZE_MAX;
  };
  std::vector<First> first_;
  std::vector<bool> broken_;  ///< By job: some fault breaks a step of its own.
  scenario::UnprovenList unproven_;
  report::Score score_;
};

bool ScoreCommand::load_uncaught() {
  const auto read = read_uncaught_faults();
  if (!read) {
    std::cerr << to_string(read.error());
    return false;
  }
  for (const scenario::UncaughtFault& uncaught : read.value().faults) {
    if (uncaught.target != arguments_.target) continue;
    const auto fault = std::ranges::find(score_.faults, uncaught.fault, &FaultResult::name);
    TCPROVE_CHECK(fault != score_.faults.end(), "the list names faults of its target alone");
    fault->known_reason = uncaught.reason;
  }
  return true;
}

/// Answers what else than kAllHeld ends the run before it begins.
ExitStatus ScoreCommand::prepare() {
  auto profile = profile_of(every_.correct, arguments_.owned);
  if (!profile) {
    std::cerr << profile.error().text;
    return profile.error().status;
  }
  profile_ = std::move(profile.value());
  score_.version = kVersion;
  score_.target = arguments_.target;
  score_.correct = every_.correct;
  score_.seed = arguments_.seed;
  for (std::size_t i = 0; i < every_.faults.size(); ++i) {
    const adapter::NamedFault& fault = every_.faults[i];
    score_.faults.push_back({.name = std::string(fault.name),
                             .target = every_.targets[i],
                             .requirement = std::string(fault.requirement),
                             .sentence = std::string(fault.summary)});
  }
  first_.resize(every_.faults.size());
  if (!load_uncaught()) return kUsageError;
  auto unproven = read_unproven(catalogue_);
  if (!unproven) {
    std::cerr << to_string(unproven.error());
    return kUsageError;
  }
  unproven_ = std::move(unproven.value());
  auto selection = select_plays(arguments_.selections, catalogue_);
  if (!selection) return kUsageError;
  selection_ = std::move(*selection);
  score_.instances = selection_.jobs.size();
  const bool known = load_known_deviations(every_.correct, arguments_.expected, catalogue_, known_);
  return known ? kAllHeld : kUsageError;
}

/// What the target does without a fault is what a fault must change.
std::string ScoreCommand::play_correct() {
  correct_.resize(selection_.jobs.size());
  std::string failure = play_jobs(selection_.jobs,
                                  {.target = every_.correct,
                                   .profile = profile_,
                                   .seed = arguments_.seed,
                                   .workers = arguments_.jobs.value_or(workers_for(profile_))},
                                  [&](std::size_t job, Play play) {
                                    correct_[job] =
                                        result_of(selection_.jobs[job], std::move(play), catalogue_,
                                                  known_ ? &*known_ : nullptr);
                                    correct_[job].trace = {};
                                  });
  for (const report::ScenarioResult& result : correct_) {
    const bool excused = result.verdict == Verdict::Xfail;
    const bool held = result.verdict == Verdict::Pass || result.verdict == Verdict::Unsupported;
    if (!excused && (!held || !result.violations.empty())) score_.against_correct.push_back(result);
  }
  return failure;
}

void ScoreCommand::take(const Sighting& sighting) {
  First& first = first_[sighting.fault];
  const auto sooner = [&](const std::optional<Sighting>& known) {
    return !known || sighting.job < known->job;
  };
  const FaultSight& sight = sighting.sight;
  if (sight.steps != Verdict::Pass && sooner(first.steps)) first.steps = sighting;
  if (!sight.rule.empty() && sooner(first.rule)) first.rule = sighting;
  if (sight.own_step) broken_[sighting.job] = true;
  if (sighting.proves(plays())) {
    first.proof = std::min(first.proof.value_or(SIZE_MAX), sighting.job);
  }
  if (sight.steps == Verdict::Error) first.crash = std::min(first.crash, sighting.job);
}

std::string ScoreCommand::play_all_faults() {
  const std::size_t count = selection_.jobs.size() * every_.faults.size();
  const bool redraws = stdout_is_terminal();
  std::size_t shown = SIZE_MAX;
  broken_.resize(selection_.jobs.size());
  std::string failure =
      play_faults(plays(), {.seen = [this](const Sighting& sighting) { take(sighting); },
                            .progress =
                                [&](std::size_t finished) {
                                  const std::size_t percent = finished * 100 / count;
                                  if (!redraws || percent == shown) return;
                                  shown = percent;
                                  std::cout << fmt::format("\r\x1b[K{:3}%  of {} faults", percent,
                                                           every_.faults.size())
                                            << std::flush;
                                }});
  if (shown != SIZE_MAX) std::cout << "\r\x1b[K" << std::flush;
  return failure;
}

FaultPlays ScoreCommand::plays() const {
  return {.jobs = selection_.jobs,
          .correct = correct_,
          .targets = every_.targets,
          .faults = every_.faults,
          .catalogue = catalogue_,
          .seed = arguments_.seed,
          .workers = arguments_.jobs.value_or(workers_for(profile_))};
}

/// Faults on the wire are too few to say anything of a scenario that none of them breaks.
std::string ScoreCommand::prove() {
  if (arguments_.target.starts_with("fault=")) return {};
  std::vector<std::optional<std::size_t>> proofs;
  for (const First& first : first_) proofs.push_back(first.proof);
  score_.requirements = requirement_proofs(plays(), proofs, unproven_);
  std::vector<InstanceTrial> trials(selection_.jobs.size());
  std::string failure =
      try_instances(plays(), broken_, every_.correct,
                    [&](std::size_t job, const InstanceTrial& trial) { trials[job] = trial; });
  score_.instances_tried = instance_score(plays(), trials, unproven_, plays_everything());
  return failure;
}

bool ScoreCommand::plays_everything() const {
  return std::ranges::any_of(or_everything(arguments_.selections), [](const auto& selection) {
    std::error_code error;
    return std::filesystem::equivalent(selection, specs_folder(), error);
  });
}

void ScoreCommand::conclude() {
  for (std::size_t i = 0; i < first_.size(); ++i) {
    const auto& [steps, rule, proof, crash] = first_[i];
    if (steps) {
      score_.faults[i].scenario = {.id = selection_.jobs[steps->job].instance->id,
                                   .verdict = steps->sight.steps,
                                   .reason = steps->sight.reason};
    }
    // Behind a crash some workers have gone on for a while and some have not.
    if (rule && rule->job <= crash) {
      score_.faults[i].rule = {.rule = rule->sight.rule,
                               .id = selection_.jobs[rule->job].instance->id};
    }
  }
}

ExitStatus ScoreCommand::run() {
  if (const ExitStatus trouble = prepare(); trouble != kAllHeld) return trouble;
  const report::TextStyle style = stdout_style();
  report::write_header(
      std::cout, {.version = score_.version, .target = score_.target, .seed = score_.seed}, style);
  std::cout << std::flush;
  const auto begin = std::chrono::steady_clock::now();
  std::string failure = play_correct();
  if (failure.empty() && !interrupted()) failure = play_all_faults();
  if (failure.empty() && !interrupted()) failure = prove();
  score_.wall_time = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begin);
  if (!failure.empty() || interrupted()) {
    std::cerr << fmt::format("tcprove: {}\n", failure.empty() ? "interrupted" : failure);
    return kHarnessFailed;
  }
  conclude();
  report::write_score(std::cout, score_, style);
  std::cout << std::flush;
  if (!write_report()) return kHarnessFailed;
  return score_.holds() ? kAllHeld : kViolated;
}

bool ScoreCommand::write_report() {
  if (arguments_.json.empty()) return true;
  std::string failure = base::write_file(
      arguments_.json, [&](std::ostream& out) { report::write_score_json(out, score_); });
  if (!failure.empty()) std::cerr << fmt::format("tcprove: {}\n", failure);
  return failure.empty();
}

}  // namespace

ExitStatus score_command(const RunArguments& arguments, adapter::EveryFault every) {
  if (arguments.matrix || arguments.row != trial::MatrixRow{}) {
    std::cerr << "tcprove: --matrix and its rows are played on one target, not on fault=all\n";
    return kUsageError;
  }
  if (!arguments.junit.empty() || !arguments.markdown.empty() || !arguments.sarif.empty() ||
      !arguments.html.empty() || !arguments.pcap.empty() || arguments.raw || arguments.strict) {
    std::cerr << "tcprove: --junit, --markdown, --sarif, --html, --pcap, --raw and --strict tell "
                 "of one target's "
                 "run, not of fault=all\n";
    return kUsageError;
  }
  const std::optional<scenario::Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  return ScoreCommand(arguments, *catalogue, std::move(every)).run();
}

}  // namespace tcprove::cli
