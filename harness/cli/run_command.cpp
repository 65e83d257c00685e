#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "harness/adapter/registry.hpp"
#include "harness/cli/capture_path.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/known_deviations.hpp"
#include "harness/cli/output_file.hpp"
#include "harness/cli/play_jobs.hpp"
#include "harness/cli/played_result.hpp"
#include "harness/cli/progress.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/cli/terminal_device.hpp"
#include "harness/cli/version.hpp"
#include "harness/monitor/rules.hpp"
#include "harness/report/capture.hpp"
#include "harness/report/json.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/terminal.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;
using report::Verdict;
using scenario::Catalogue;
using scenario::Scenario;

/// One `tcprove run` from its scenarios to its reports.
class RunCommand {
 public:
  RunCommand(const RunArguments& arguments, const Catalogue& catalogue)
      : arguments_(arguments), catalogue_(catalogue) {}

  ExitStatus run();

 private:
  bool prepare();
  bool load_scenarios();
  bool load_expected();
  void take(std::size_t job, Play play);
  void finish(std::chrono::microseconds wall_time);
  bool write_reports();
  [[nodiscard]] ExitStatus status() const;
  [[nodiscard]] bool plays_all_of(const scenario::Deviation& deviation) const;

  const RunArguments& arguments_;
  const Catalogue& catalogue_;
  std::vector<Scenario> scenarios_;
  std::vector<PlayJob> jobs_;
  std::optional<KnownDeviations> known_;
  report::RunResult result_;
  std::size_t finished_ = 0;
  bool world_failed_ = false;
};

bool RunCommand::load_scenarios() {
  auto loaded = scenario::load_scenarios(or_everything(arguments_.selections),
                                         {.specs_root = specs_folder(), .catalogue = &catalogue_});
  if (!loaded) {
    std::cerr << to_string(loaded.error());
    return false;
  }
  scenarios_ = std::move(loaded.value());
  for (const Scenario& scenario : scenarios_) {
    for (const scenario::Instance& instance : scenario.instances) {
      jobs_.push_back({.scenario = &scenario, .instance = &instance});
    }
  }
  return true;
}

bool RunCommand::load_expected() {
  if (arguments_.expected == "none") return true;
  fs::path path = arguments_.expected;
  if (path.empty()) {
    path = specs_folder() / "expected" / (arguments_.target + ".yaml");
    std::error_code error;
    if (!fs::exists(path, error)) return true;  // A stack that nobody has looked at yet.
  }
  auto loaded = read_expected(path, catalogue_);
  if (loaded) {
    known_.emplace(std::move(loaded.value()));
    return true;
  }
  std::cerr << to_string(loaded.error());
  return false;
}

bool RunCommand::prepare() {
  const auto adapter = adapter::make_adapter(arguments_.target);
  if (!adapter) {
    std::cerr << to_string(adapter.error());
    return false;
  }
  result_.version = kVersion;
  result_.target = arguments_.target;
  result_.target_version = adapter.value()->profile().version;
  result_.seed = arguments_.seed;
  result_.expected = arguments_.expected;
  return load_scenarios() && load_expected();
}

void RunCommand::take(std::size_t job, Play play) {
  result_.scenarios[job] =
      result_of(jobs_[job], std::move(play), catalogue_, known_ ? &*known_ : nullptr);
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
    return !deviation.covers(id) ||
           std::ranges::any_of(jobs_, [&](const PlayJob& job) { return job.instance->id == id; });
  });
}

void RunCommand::finish(std::chrono::microseconds wall_time) {
  result_.wall_time = wall_time;
  result_.not_played = jobs_.size() - finished_;
  std::erase_if(result_.scenarios, [](const auto& scenario) { return scenario.id.empty(); });
  std::vector<report::CatalogueRow> rows;
  for (const scenario::Requirement& requirement : catalogue_.all()) {
    report::CatalogueRow row{.id = requirement.id, .level = requirement.level};
    for (const monitor::Rule& rule : monitor::all_rules()) {
      if (rule.requirement == requirement.id) row.rules.emplace_back(rule.name);
    }
    rows.push_back(std::move(row));
  }
  result_.requirements = report::judge_requirements(rows, result_.scenarios);
  if (known_ && result_.not_played == 0) {
    result_.stale = known_->stale([&](const auto& deviation) { return plays_all_of(deviation); });
  }
}

bool RunCommand::write_reports() {
  std::vector<std::string> failures;
  const auto write = [&failures](const fs::path& path, const auto& writer) {
    const std::string failure = write_file(path, writer);
    if (!failure.empty()) failures.push_back(failure);
  };
  if (!arguments_.json.empty()) {
    write(arguments_.json, [&](std::ostream& out) { report::write_json(out, result_); });
  }
  if (!arguments_.junit.empty()) {
    write(arguments_.junit, [&](std::ostream& out) {
      report::write_junit(out, result_, {.strict = arguments_.strict});
    });
  }
  for (const report::ScenarioResult& scenario : result_.scenarios) {
    if (arguments_.pcap.empty() || !failures.empty()) break;
    if (scenario.trace.events().empty()) continue;
    write(capture_path(arguments_.pcap, scenario.id),
          [&](std::ostream& out) { report::write_capture(out, scenario); });
  }
  for (const std::string& failure : failures) std::cerr << fmt::format("tcprove: {}\n", failure);
  return failures.empty();
}

ExitStatus RunCommand::status() const {
  const report::Tally tally = report::tally_of(result_.scenarios);
  if (world_failed_ || tally[Verdict::Error] > 0) return kHarnessFailed;
  const bool warned = arguments_.strict && tally[Verdict::Warn] > 0;
  const bool red = tally[Verdict::Fail] + tally[Verdict::Xpass] + result_.stale.size() > 0;
  return red || warned ? kViolated : kAllHeld;
}

ExitStatus RunCommand::run() {
  if (!prepare()) return kUsageError;
  const report::TextStyle style = stdout_style();
  report::write_header(std::cout, result_, style);
  std::cout << std::flush;

  result_.scenarios.resize(jobs_.size());
  Progress progress(style, stdout_is_terminal());
  const auto begin = std::chrono::steady_clock::now();
  const std::string failure = play_jobs(jobs_,
                                        {.target = arguments_.target,
                                         .seed = arguments_.seed,
                                         .workers = arguments_.jobs,
                                         .keep_traces = !arguments_.pcap.empty()},
                                        [&](std::size_t job, Play play) {
                                          take(job, std::move(play));
                                          progress.show(result_.scenarios, finished_);
                                        });
  const auto wall_time = std::chrono::steady_clock::now() - begin;
  progress.end(result_.scenarios);
  finish(std::chrono::duration_cast<std::chrono::microseconds>(wall_time));

  report::write_summary(std::cout, result_,
                        {.document = {.style = style, .absolute_numbers = arguments_.raw}});
  std::cout << std::flush;
  if (!failure.empty()) std::cerr << fmt::format("tcprove: {}\n", failure);
  world_failed_ = !failure.empty() || interrupted() || result_.not_played > 0;
  if (!write_reports()) world_failed_ = true;
  return status();
}

}  // namespace

ExitStatus run_command(const RunArguments& arguments) {
  const std::optional<Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  return RunCommand(arguments, *catalogue).run();
}

}  // namespace tcprove::cli
