#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/adapter/registry.hpp"
#include "harness/cli/catalogue_rows.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/known_deviations.hpp"
#include "harness/cli/matrix_run.hpp"
#include "harness/cli/play_jobs.hpp"
#include "harness/cli/play_selection.hpp"
#include "harness/cli/played_result.hpp"
#include "harness/cli/progress.hpp"
#include "harness/cli/report_files.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/cli/target_profile.hpp"
#include "harness/cli/terminal_device.hpp"
#include "harness/cli/version.hpp"
#include "harness/report/comparison_text.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/terminal.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;
using report::Verdict;
using scenario::Catalogue;

/// One target's run from its scenarios to what the terminal tells of it.
class RunCommand {
 public:
  RunCommand(RunArguments arguments, const Catalogue& catalogue)
      : arguments_(std::move(arguments)), catalogue_(catalogue) {}

  /// Reads all that the run needs; answers what else than kAllHeld ends the run before it begins,
  /// with why on standard error.
  ExitStatus prepare();

  /// Plays, prints what came of it, and answers what that says.
  ExitStatus run();

  report::RunResult take_result() { return std::move(result_); }

 private:
  void take(std::size_t job, Play play);
  void tell_no_xpass_in_a_row(report::ScenarioResult& result) const;
  void finish(std::chrono::microseconds wall_time);
  [[nodiscard]] ExitStatus status() const;
  [[nodiscard]] std::size_t workers() const {
    return arguments_.jobs.value_or(workers_for(profile_));
  }
  [[nodiscard]] bool plays_all_of(const scenario::Deviation& deviation) const;

  const RunArguments arguments_;
  const Catalogue& catalogue_;
  adapter::StackProfile profile_;
  PlaySelection selection_;
  std::optional<KnownDeviations> known_;
  report::RunResult result_;
  std::vector<PlayDigest> digests_;  ///< By job; for the matrix alone.
  std::size_t finished_ = 0;
  bool world_failed_ = false;
};

/// Answers what else than kAllHeld ends the run before it begins.
ExitStatus RunCommand::prepare() {
  auto profile = profile_of(arguments_.target, arguments_.owned);
  if (!profile) {
    std::cerr << profile.error().text;
    return profile.error().status;
  }
  profile_ = std::move(profile.value());
  result_.version = kVersion;
  result_.target = arguments_.target;
  result_.target_version = profile_.version;
  result_.seed = arguments_.seed;
  result_.expected = arguments_.expected;
  result_.row = to_options(arguments_.row);
  auto selection = select_plays(arguments_.selections, catalogue_);
  if (!selection) return kUsageError;
  selection_ = std::move(*selection);
  for (PlayJob& job : selection_.jobs) job.row = arguments_.row;
  if (arguments_.matrix) digests_.resize(selection_.jobs.size());
  const bool known =
      load_known_deviations(arguments_.target, arguments_.expected, catalogue_, known_);
  return known ? kAllHeld : kUsageError;
}

/// A deviation of which the list does not say in which rows it shows need not show in all.
void RunCommand::tell_no_xpass_in_a_row(report::ScenarioResult& result) const {
  if (result_.row.empty() || result.verdict != Verdict::Xpass) return;
  result.verdict = Verdict::Pass;
  result.reason.clear();
}

void RunCommand::take(std::size_t job, Play play) {
  result_.cells.add_all(play.cells);
  result_.profile.facts.add_all(play.facts);
  if (arguments_.matrix) digests_[job] = digest_of(play.outcome, play.violations);
  result_.scenarios[job] =
      result_of(selection_.jobs[job], std::move(play), catalogue_, known_ ? &*known_ : nullptr);
  result_.scenarios[job].absolute_numbers |= arguments_.raw;
  tell_no_xpass_in_a_row(result_.scenarios[job]);
  auto& choices = result_.profile.choices;
  for (const std::string& choice : result_.scenarios[job].choices) {
    ++choices[selection_.jobs[job].scenario->id][choice];
  }
  ++finished_;
}

/// Whether the run was to play every instance that `deviation` speaks of.
bool RunCommand::plays_all_of(const scenario::Deviation& deviation) const {
  const auto is_everything = [](const std::string& selection) {
    std::error_code error;
    return fs::equivalent(selection, specs_folder(), error);
  };
  if (std::ranges::any_of(or_everything(arguments_.selections), is_everything)) return true;
  if (deviation.scenario.empty()) return false;
  const auto wanted = scenario::load_scenarios(
      {{deviation.scenario}}, {.specs_root = specs_folder(), .catalogue = &catalogue_});
  if (!wanted) return false;
  const std::vector<std::string> ids = scenario::instance_ids(wanted.value());
  return std::ranges::all_of(ids, [&](const std::string& id) {
    return !deviation.covers(id) || std::ranges::any_of(selection_.jobs, [&](const PlayJob& job) {
      return job.instance->id == id;
    });
  });
}

void RunCommand::finish(std::chrono::microseconds wall_time) {
  result_.wall_time = wall_time;
  result_.not_played = selection_.jobs.size() - finished_;
  std::erase_if(result_.scenarios, [](const auto& scenario) { return scenario.id.empty(); });
  result_.requirements =
      report::judge_requirements(catalogue_rows(catalogue_, &profile_), result_.scenarios);
  // What a row leaves out may be all that shows a deviation.
  if (known_ && result_.not_played == 0 && result_.row.empty()) {
    result_.stale = known_->stale([&](const auto& deviation) { return plays_all_of(deviation); });
  }
}

ExitStatus RunCommand::status() const {
  const report::Tally tally = report::tally_of(result_.scenarios);
  if (world_failed_ || tally[Verdict::Error] > 0) return kHarnessFailed;
  const bool warned = arguments_.strict && tally[Verdict::Warn] > 0;
  const bool differs = result_.matrix && !result_.matrix->holds();
  const bool red =
      differs || tally[Verdict::Fail] + tally[Verdict::Xpass] + result_.stale.size() > 0;
  return red || warned ? kViolated : kAllHeld;
}

ExitStatus RunCommand::run() {
  const report::TextStyle style = stdout_style();
  report::write_header(std::cout, result_, style);
  std::cout << std::flush;

  result_.scenarios.resize(selection_.jobs.size());
  Progress progress(style, stdout_is_terminal());
  const auto begin = std::chrono::steady_clock::now();
  std::string failure = play_jobs(
      selection_.jobs,
      {.target = arguments_.target,
       .profile = profile_,
       .seed = arguments_.seed,
       .workers = workers(),
       .keep_traces = arguments_.replay || !arguments_.pcap.empty() || !arguments_.html.empty()},
      [&](std::size_t job, Play play) {
        take(job, std::move(play));
        if (!arguments_.replay) progress.show(result_.scenarios, finished_);
      });
  const auto wall_time = std::chrono::steady_clock::now() - begin;
  if (!arguments_.replay) progress.end(result_.scenarios);
  if (arguments_.matrix && failure.empty() && !interrupted()) {
    result_.matrix = run_matrix({.jobs = selection_.jobs,
                                 .as_written = digests_,
                                 .results = result_.scenarios,
                                 .catalogue = catalogue_,
                                 .known = known_,
                                 .target = arguments_.target,
                                 .profile = profile_,
                                 .seed = arguments_.seed,
                                 .workers = workers()},
                                failure);
  }
  finish(std::chrono::duration_cast<std::chrono::microseconds>(wall_time));

  report::write_summary(
      std::cout, result_,
      {.document = {.style = style}, .profile = arguments_.profile, .replay = arguments_.replay});
  if (result_.matrix) report::write_matrix(std::cout, result_, style);
  std::cout << std::flush;
  if (!failure.empty()) std::cerr << fmt::format("tcprove: {}\n", failure);
  world_failed_ = !failure.empty() || interrupted() || result_.not_played > 0;
  return status();
}

/// Plays on one target after the other, and tells of all together. The worst of their statuses.
ExitStatus run_targets(const RunArguments& arguments, const Catalogue& catalogue) {
  std::vector<std::unique_ptr<RunCommand>> commands;
  for (const std::string& target : arguments.targets) {
    RunArguments one = arguments;
    one.target = target;
    commands.push_back(std::make_unique<RunCommand>(std::move(one), catalogue));
    const ExitStatus trouble = commands.back()->prepare();
    if (trouble != kAllHeld) return trouble;
  }
  ExitStatus status = kAllHeld;
  std::vector<report::RunResult> results;
  for (const auto& command : commands) {
    if (!results.empty()) {
      if (interrupted()) {
        status = kHarnessFailed;
        break;
      }
      std::cout << '\n';
    }
    status = std::max(status, command->run());
    results.push_back(command->take_result());
  }
  if (results.size() > 1) {
    std::cout << '\n';
    report::write_comparison(std::cout, results, stdout_style());
    std::cout << std::flush;
  }
  const bool written = write_reports({.json = arguments.json,
                                      .junit = arguments.junit,
                                      .markdown = arguments.markdown,
                                      .sarif = arguments.sarif,
                                      .html = arguments.html,
                                      .pcap = arguments.pcap,
                                      .strict = arguments.strict,
                                      .catalogue = catalogue_rows(catalogue)},
                                     results);
  return written ? status : kHarnessFailed;
}

}  // namespace

ExitStatus run_command(const RunArguments& arguments) {
  for (const std::string& target : arguments.targets) {
    auto every = adapter::every_fault(target);
    if (!every) continue;
    if (arguments.targets.size() == 1) return score_command(arguments, std::move(*every));
    std::cerr << fmt::format("tcprove: --target {} stands alone\n", target);
    return kUsageError;
  }
  const std::optional<Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  return run_targets(arguments, *catalogue);
}

}  // namespace tcprove::cli
