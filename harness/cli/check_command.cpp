#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "harness/cli/catalogue_rows.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/judgement.hpp"
#include "harness/cli/report_files.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/cli/terminal_device.hpp"
#include "harness/cli/version.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/terminal.hpp"
#include "harness/trial/captured.hpp"
#include "harness/trial/judge.hpp"

namespace tcprove::cli {
namespace {

using report::Verdict;

/// A capture is read as a whole, at most so much of it.
constexpr std::size_t kCaptureOctetsMax = std::size_t{512} << 20U;

std::optional<std::vector<std::uint8_t>> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::uint8_t> octets;
  constexpr std::size_t kChunk = 1U << 20U;
  while (in && octets.size() <= kCaptureOctetsMax) {
    const std::size_t size = octets.size();
    octets.resize(size + kChunk);
    in.read(reinterpret_cast<char*>(octets.data() + size), kChunk);
    octets.resize(size + static_cast<std::size_t>(in.gcount()));
  }
  if (octets.size() > kCaptureOctetsMax) {
    std::cerr << fmt::format("{}: error: longer than {} MiB\n", path, kCaptureOctetsMax >> 20U);
    return std::nullopt;
  }
  if (!in.eof() || octets.empty()) {
    std::cerr << fmt::format("{}: error: cannot be read, or is empty\n", path);
    return std::nullopt;
  }
  return octets;
}

std::string words(const wire::Endpoint& endpoint) {
  const bool v4 = endpoint.address.version == wire::IpVersion::V4;
  const std::string address = to_string(endpoint.address);
  return v4 ? fmt::format("{}:{}", address, endpoint.port)
            : fmt::format("[{}]:{}", address, endpoint.port);
}

/// Why nothing can be judged, with what --stack may name.
std::string nothing_of_the_stack(const CheckArguments& arguments, const trial::Captured& captured) {
  if (captured.sources.empty()) return "no TCP segment in this capture";
  std::vector<std::string> sources;
  for (const wire::Endpoint& source : captured.sources) sources.push_back(words(source));
  return fmt::format("{}; segments come from {}",
                     arguments.stack
                         ? "no TCP segment of the side that --stack names"
                         : "no frame says whether it is inbound or outbound: name the stack's side "
                           "with --stack ADDR[:PORT]",
                     fmt::join(sources, ", "));
}

/// Judges one connection after another.
class Checker {
 public:
  Checker(const CheckArguments& arguments, report::RunResult& run)
      : arguments_(arguments), run_(run), judge_(trial::capture_facts()) {}

  void add(trial::CapturedConnection connection) {
    const wire::FourTuple& tuple = connection.trace.connections.front();
    report::ScenarioResult result;
    result.id = fmt::format("{}/{}-{}", to_string(tuple.stack.address), tuple.stack.port,
                            words(tuple.peer));
    result.file = arguments_.capture;
    result.steps_held = true;
    // Nothing that is missing in a capture proves anything, so it makes no difference how it ends.
    const std::span<const monitor::Violation> found = judge_.judge(connection.trace, std::nullopt);
    Play play;
    play.violations.assign(found.begin(), found.end());
    play.outcome.virtual_time = connection.trace.events().back().at.time_since_epoch();
    std::vector<Finding> findings = judge(play, {}, {}, result);
    if (!connection.begins) {
      findings.push_back({.verdict = Verdict::Inconclusive,
                          .reason =
                              "the stack's SYN is not at the beginning, so its numbers are not "
                              "known; until a SYN only what one packet shows was judged"});
    }
    conclude(findings, result);
    result.absolute_numbers = arguments_.raw;
    result.trace = std::move(connection.trace);
    run_.scenarios.push_back(std::move(result));
  }

 private:
  const CheckArguments& arguments_;
  report::RunResult& run_;
  trial::Judge judge_;
};

void write_header(const report::RunResult& run, const trial::Captured& captured) {
  fmt::print("tcprove {}  capture {}  {} frames", run.version, run.target, captured.frames);
  if (captured.others > 0) fmt::print(", {} not of the stack's TCP", captured.others);
  if (captured.cut > 0) fmt::print(", {} cut short and left out", captured.cut);
  fmt::print("\n\n");
}

ExitStatus status_of(const report::RunResult& run, bool strict) {
  const report::Tally tally = report::tally_of(run.scenarios);
  return tally[Verdict::Fail] > 0 || (strict && tally[Verdict::Warn] > 0) ? kViolated : kAllHeld;
}

}  // namespace

ExitStatus check_command(const CheckArguments& arguments) {
  const std::optional<scenario::Catalogue> catalogue = read_catalogue();
  if (!catalogue) return kUsageError;
  const auto octets = read_file(arguments.capture);
  if (!octets) return kUsageError;
  const auto begin = std::chrono::steady_clock::now();
  trial::Captured captured = trial::read_capture(*octets, arguments.stack);
  if (!captured.error.empty()) {
    std::cerr << fmt::format("{}: error: {}\n", arguments.capture, captured.error);
  } else if (captured.connections.empty()) {
    std::cerr << fmt::format("{}: error: {}\n", arguments.capture,
                             nothing_of_the_stack(arguments, captured));
  }
  if (captured.connections.empty()) return kUsageError;

  report::RunResult run{.version = std::string(kVersion),
                        .target = arguments.capture,
                        .capture = arguments.capture,
                        .stack = arguments.stack_text};
  Checker checker(arguments, run);
  for (trial::CapturedConnection& connection : captured.connections) {
    checker.add(std::move(connection));
  }
  run.requirements = report::judge_requirements(catalogue_rows(*catalogue), run.scenarios);
  run.wall_time = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begin);
  write_header(run, captured);
  report::write_summary(std::cout, run, {.document = {.style = stdout_style()}});
  std::cout << std::flush;
  const bool written = write_reports(
      {.json = arguments.json, .junit = arguments.junit, .strict = arguments.strict}, {&run, 1});
  if (!written) return kHarnessFailed;
  return captured.error.empty() ? status_of(run, arguments.strict) : kUsageError;
}

}  // namespace tcprove::cli
