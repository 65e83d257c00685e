#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "harness/base/output_file.hpp"
#include "harness/campaign/campaign.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/fuzz_progress.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/known_deviations.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/cli/target_profile.hpp"
#include "harness/cli/terminal_device.hpp"
#include "harness/cli/version.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;
using report::CampaignFinding;
using report::CampaignResult;

/// Nothing, with what is wrong on standard error, where a list cannot be read.
std::optional<campaign::KnownFindings> read_baseline(const FuzzArguments& arguments) {
  if (arguments.baseline == "none") return campaign::KnownFindings();
  const std::vector<fs::path> files = arguments.baseline.empty()
                                          ? campaign::lists_of(specs_folder(), arguments.target)
                                          : campaign::with_generated(arguments.baseline);
  std::vector<scenario::ExpectedDeviations> lists;
  const std::optional<scenario::Catalogue> catalogue = read_catalogue();
  if (!catalogue) return std::nullopt;
  for (const fs::path& file : files) {
    auto list = read_expected(file, *catalogue);
    if (!list) {
      std::cerr << to_string(list.error());
      return std::nullopt;
    }
    lists.push_back(std::move(list.value()));
  }
  return campaign::KnownFindings(std::move(lists));
}

std::size_t new_ones(const CampaignResult& result) {
  return static_cast<std::size_t>(std::ranges::count_if(
      result.findings,
      [](const CampaignFinding& finding) { return finding.known_reason.empty(); }));
}

void write_summary(const CampaignResult& result) {
  const std::size_t fresh = new_ones(result);
  const CampaignFinding* first = nullptr;
  for (const CampaignFinding& finding : result.findings) {
    if (!finding.known_reason.empty()) continue;
    if (first == nullptr || finding.execution < first->execution) first = &finding;
  }
  if (first != nullptr) {
    std::cout << fmt::format("first found after {} executions: {}\n", first->execution,
                             first->name);
  }
  std::cout << fmt::format(
      "{} new, {} known after {} executions; {} of {} cells of the state × event table, {} "
      "answers\n",
      fresh, result.findings.size() - fresh, result.executions, result.answered.cells().count(),
      tcp::kCellCount, result.answered.count());
}

bool write_reports(const FuzzArguments& arguments, const CampaignResult& result) {
  bool written = true;
  const auto write = [&](const std::string& path,
                         void (*writer)(std::ostream&, const CampaignResult&)) {
    if (path.empty()) return;
    const std::string failure =
        base::write_file(path, [&](std::ostream& out) { writer(out, result); });
    if (failure.empty()) return;
    std::cerr << fmt::format("tcprove: {}\n", failure);
    written = false;
  };
  write(arguments.sarif, report::write_campaign_sarif);
  write(arguments.junit, report::write_campaign_junit);
  write(arguments.markdown, report::write_campaign_markdown);
  return written;
}

}  // namespace

ExitStatus fuzz_command(const FuzzArguments& arguments) {
  const auto profile = profile_of(arguments.target, arguments.owned);
  if (!profile) {
    std::cerr << profile.error().text;
    return profile.error().status;
  }
  auto known = read_baseline(arguments);
  if (!known) return kUsageError;
  const adapter::StackProfile& stack = profile.value();
  const campaign::Settings settings{.target = arguments.target,
                                    .target_version = stack.version,
                                    .offered = stack.capabilities,
                                    .workers = arguments.jobs,
                                    .seed = arguments.seed,
                                    .runs = arguments.runs,
                                    .corpus = arguments.corpus,
                                    .out = arguments.out,
                                    .known = std::move(*known),
                                    .first_finding_ends = arguments.until_found};
  std::cout << fmt::format("tcprove {} fuzz --target {} --seed {}\n", kVersion, arguments.target,
                           arguments.seed)
            << std::flush;
  FuzzProgress progress(stdout_style(), stdout_is_terminal());
  const auto begin = std::chrono::steady_clock::now();
  campaign::Outcome outcome = campaign::run_campaign(
      settings, {.found = [&](const CampaignFinding& finding) { progress.found(finding); },
                 .round = [&](const CampaignResult& result) { progress.show(result); },
                 .out_of_time =
                     [&] {
                       return arguments.time &&
                              std::chrono::steady_clock::now() - begin >= *arguments.time;
                     },
                 .interrupted = interrupted});
  progress.end();
  outcome.result.version = kVersion;
  write_summary(outcome.result);
  if (!outcome.error.empty()) std::cerr << fmt::format("tcprove: {}\n", outcome.error);
  const bool written = write_reports(arguments, outcome.result);
  if (!written || !outcome.error.empty()) return kHarnessFailed;
  return new_ones(outcome.result) > 0 ? kViolated : kAllHeld;
}

}  // namespace tcprove::cli
