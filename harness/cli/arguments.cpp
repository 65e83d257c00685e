#include "harness/cli/arguments.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <functional>
#include <iostream>
#include <limits>
#include <span>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/cli/exit_status.hpp"
#include "harness/cli/misuse.hpp"
#include "harness/cli/row_arguments.hpp"
#include "harness/cli/stack_side.hpp"
#include "harness/cli/version.hpp"
#include "harness/scenario/duration_literal.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kJobsMax = 256;
/// In the order of ListArguments::What.
constexpr std::array<std::string_view, 6> kLists{"scenarios", "targets", "requirements",
                                                 "rules",     "faults",  "bugs"};

using Check = std::function<std::string(const std::string&)>;

/// CLI11 reads -1 as 2^64 - 1 and 010 as 8.
Check whole_number(std::uint64_t min, std::uint64_t max) {
  return [min, max](const std::string& text) -> std::string {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    const bool padded = text.size() > 1 && text.front() == '0';
    if (error == std::errc() && stop == end && !padded && value >= min && value <= max) return {};
    return fmt::format("\"{}\" is not a whole number from {} to {}", text, min, max);
  };
}

std::string named(const std::string& path) { return path.empty() ? "the path is empty" : ""; }

void define_owned(CLI::App& app, bool& owned) {
  app.add_flag("--i-own-this-target", owned,
               "Judge a stack at an address that is neither loopback nor link-local nor private");
}

/// How plays are judged, and shown.
void define_judging(CLI::App& app, RunArguments& run) {
  app.add_option("--seed", run.seed, "Of all that is random")
      ->check(whole_number(0, std::numeric_limits<std::uint64_t>::max()));
  app.add_flag("--strict", run.strict, "A SHOULD that is violated fails the run");
  app.add_flag("--raw", run.raw, "Show sequence numbers as they are on the wire, in all reports");
  app.add_option("--expected", run.expected,
                 "Known deviations, or none. Default: specs/expected/<target>.yaml")
      ->check(named);
}

void define_run(CLI::App& app, RunArguments& run) {
  app.add_option(
      "path", run.selections,
      "Scenario files, folders or ids; an id may end in an [instance]. Default: all of specs/");
  app.add_option("-t,--target", run.targets,
                 "The stack to judge: see `tcprove list targets`. Given again: the next stack, and "
                 "a table of what differs")
      ->required()
      ->allow_extra_args(false);
  define_owned(app, run.owned);
  app.add_option("-j,--jobs", run.jobs, "Worker processes")->check(whole_number(1, kJobsMax));
  define_judging(app, run);
  app.add_option("--junit", run.junit, "Write JUnit XML to this file")->check(named);
  app.add_option("--json", run.json, "Write JSON to this file")->check(named);
  app.add_option("--markdown", run.markdown, "Write a page for a CI summary to this file")
      ->check(named);
  app.add_option("--sarif", run.sarif, "Write SARIF 2.1.0 to this file")->check(named);
  app.add_option("--html", run.html, "Write a page to look at to this file")->check(named);
  app.add_option("--pcap", run.pcap, "Write a pcapng capture of each scenario below this folder")
      ->check(named);
  app.add_flag("--profile", run.profile, "Tell all that the stack chose where it has a choice");
  app.add_flag("--matrix", run.matrix,
               "Play all again under other initial sequence numbers, other clocks and in batches");
  define_row(app, run.row);
}

void define_replay(CLI::App& app, RunArguments& replay) {
  app.add_option("file", replay.selections,
                 "A scenario, a finding or a plan's octets (.plan); an id may do")
      ->required();
  app.add_option("-t,--target", replay.targets,
                 "The stack to play it on: see `tcprove list targets`. Given again: the next stack")
      ->required()
      ->allow_extra_args(false);
  define_owned(app, replay.owned);
  define_judging(app, replay);
  app.add_option("--pcap", replay.pcap, "Write a pcapng capture below this folder")->check(named);
  define_row(app, replay.row);
}

void define_check(CLI::App& app, CheckArguments& check) {
  app.add_option("capture", check.capture, "A pcap or pcapng file")->required()->check(named);
  app.add_option("--stack", check.stack_text,
                 "Which side to judge: ADDR, ADDR:PORT or [ADDR]:PORT. Default: the side whose "
                 "frames the capture calls outbound");
  app.add_flag("--strict", check.strict, "A SHOULD that is violated fails the run");
  app.add_flag("--raw", check.raw, "Show sequence numbers as they are on the wire");
  app.add_option("--junit", check.junit, "Write JUnit XML to this file")->check(named);
  app.add_option("--json", check.json, "Write JSON to this file")->check(named);
}

void define_fuzz(CLI::App& app, FuzzArguments& fuzz) {
  app.add_option("-t,--target", fuzz.target, "The stack to judge: see `tcprove list targets`")
      ->required();
  define_owned(app, fuzz.owned);
  app.add_option("--time", fuzz.time_text, "How long: 60s, 10min");
  app.add_option("--runs", fuzz.runs, "So many executions instead: found is then always the same")
      ->check(whole_number(0, std::numeric_limits<std::uint64_t>::max()));
  app.add_option("-j,--jobs", fuzz.jobs, "Worker processes")->check(whole_number(1, kJobsMax));
  app.add_option("--seed", fuzz.seed, "Of all that is random")
      ->check(whole_number(0, std::numeric_limits<std::uint64_t>::max()));
  app.add_flag("--until-found", fuzz.until_found, "End with the first new finding");
  app.add_option("--corpus", fuzz.corpus, "A folder of plans to begin with, kept up to date")
      ->check(named);
  app.add_option("--baseline", fuzz.baseline,
                 "Known findings, or none; those in generated/ beside it, too. Default: "
                 "specs/expected/<target>.yaml")
      ->check(named);
  app.add_option("--out", fuzz.out, "The folder for findings. Default: findings")->check(named);
  app.add_option("--sarif", fuzz.sarif, "Write SARIF 2.1.0 to this file")->check(named);
  app.add_option("--junit", fuzz.junit, "Write JUnit XML to this file")->check(named);
  app.add_option("--markdown", fuzz.markdown, "Write Markdown to this file")->check(named);
}

int refuse(std::string_view why) {
  std::cerr << fmt::format("tcprove: {}\nTry `tcprove --help`.\n", why);
  return kUsageError;
}

int report(const CLI::App& app, const CLI::ParseError& error, std::span<const char* const> words) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version.
  if (words.empty()) return refuse("which command? run, replay, fuzz, list, lint, check or smoke");
  const std::string unknown = unknown_word(app, words);
  return refuse(unknown.empty() ? error.what() : unknown);
}

bool same_file(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  std::error_code error;
  return a == b || fs::weakly_canonical(fs::absolute(a), error) ==
                       fs::weakly_canonical(fs::absolute(b), error);
}

/// What several targets cannot have together.
std::string target_contradiction(const RunArguments& run) {
  for (auto target = run.targets.begin(); target != run.targets.end(); ++target) {
    if (std::find(run.targets.begin(), target, *target) == target) continue;
    return fmt::format("--target names {} twice", *target);
  }
  if (run.targets.size() == 1 || run.expected.empty() || run.expected == "none") return {};
  return fmt::format("--expected {} tells of one stack, and there are {}", run.expected,
                     run.targets.size());
}

/// What the options of a run ask for together and cannot have; empty where all is well.
std::string contradiction(const RunArguments& run) {
  if (run.matrix && run.row != trial::MatrixRow{}) {
    return "--matrix plays every row; --iss-peer, --iss-stack, --clock-ms and --batch play one";
  }
  using Report = std::pair<std::string_view, const std::string&>;
  const std::array<Report, 5> reports{{{"--json", run.json},
                                       {"--junit", run.junit},
                                       {"--markdown", run.markdown},
                                       {"--sarif", run.sarif},
                                       {"--html", run.html}}};
  std::vector<std::string> read = run.selections;
  read.push_back(run.expected);
  for (auto report = reports.begin(); report != reports.end(); ++report) {
    for (auto next = report + 1; next != reports.end(); ++next) {
      if (!same_file(report->second, next->second)) continue;
      return fmt::format("{} and {} name the same file: {}", report->first, next->first,
                         report->second);
    }
    for (const std::string& input : read) {
      if (!same_file(input, report->second)) continue;
      return fmt::format("{} is read and cannot be written", input);
    }
  }
  return target_contradiction(run);
}

std::variant<Arguments, int> check_of(CheckArguments check) {
  if (!check.stack_text.empty()) {
    check.stack = parse_stack_side(check.stack_text);
    if (!check.stack) {
      return refuse(
          fmt::format("--stack: \"{}\" is no ADDR, ADDR:PORT or [ADDR]:PORT", check.stack_text));
    }
  }
  if (same_file(check.json, check.junit)) {
    return refuse(fmt::format("--json and --junit name the same file: {}", check.json));
  }
  for (const std::string& report : {check.json, check.junit}) {
    if (same_file(check.capture, report)) {
      return refuse(fmt::format("{} is read and cannot be written", check.capture));
    }
  }
  return Arguments(std::move(check));
}

std::variant<Arguments, int> fuzz_of(FuzzArguments fuzz) {
  if (!fuzz.time_text.empty()) {
    fuzz.time = scenario::parse_duration(fuzz.time_text);
    if (!fuzz.time) {
      return refuse(
          fmt::format("--time: \"{}\" is no duration with its unit, such as 60s", fuzz.time_text));
    }
  }
  if (fuzz.time.has_value() == fuzz.runs.has_value()) {
    return refuse("fuzz for how long? --time 60s or --runs 10000");
  }
  const std::array<std::string, 4> files{fuzz.sarif, fuzz.junit, fuzz.markdown, fuzz.baseline};
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t k = i + 1; k < files.size(); ++k) {
      if (same_file(files.at(i), files.at(k))) {
        return refuse(fmt::format("two options name the same file: {}", files.at(i)));
      }
    }
  }
  return Arguments(std::move(fuzz));
}

std::variant<Arguments, int> list_of(std::string_view what, ListArguments list) {
  if (what.empty())
    return refuse("list what? scenarios, targets, requirements, rules, faults or bugs");
  for (std::size_t i = 0; i < kLists.size(); ++i) {
    if (kLists.at(i) != what) continue;
    list.what = static_cast<ListArguments::What>(i);
    return Arguments(list);
  }
  const std::string near = base::nearest(what, kLists);
  return refuse(fmt::format("there is no list of \"{}\"{}", what,
                            near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
}

}  // namespace

std::variant<Arguments, int> parse_arguments(int argc, const char* const* argv) {
  CLI::App app{"Proves a TCP: plays scenarios against a stack and judges it by RFC 9293.",
               "tcprove"};
  app.set_version_flag("--version", std::string("tcprove ") + kVersion);
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 all held, 1 a requirement was violated, 2 the command line or a spec is "
      "wrong,\n"
      "3 the harness or the adapter failed.");

  RunArguments run;
  RunArguments replay{.replay = true};
  ListArguments list;
  std::string what;
  LintArguments lint;
  CLI::App* const run_app = app.add_subcommand("run", "Play scenarios against a stack");
  define_run(*run_app, run);
  CLI::App* const replay_app =
      app.add_subcommand("replay", "Play a file and show the whole exchange, whatever comes of it");
  define_replay(*replay_app, replay);
  CLI::App* const list_app = app.add_subcommand("list", "List what there is");
  list_app->add_option("what", what, "scenarios, targets, requirements, rules, faults or bugs");
  list_app->add_flag("--json", list.json, "As JSON");
  CLI::App* const lint_app = app.add_subcommand("lint", "Say what is wrong with scenario files");
  CheckArguments check;
  CLI::App* const check_app = app.add_subcommand("check", "Judge a capture, without a stack");
  define_check(*check_app, check);
  SmokeArguments smoke;
  CLI::App* const smoke_app =
      app.add_subcommand("smoke", "Say what works of an adapter, what is missing, what to do next");
  smoke_app->add_option("-t,--target", smoke.target, "The stack: see `tcprove list targets`")
      ->required();
  define_owned(*smoke_app, smoke.owned);
  FuzzArguments fuzz;
  CLI::App* const fuzz_app =
      app.add_subcommand("fuzz", "Play generated plans against a stack and keep what they find");
  define_fuzz(*fuzz_app, fuzz);
  lint_app->add_option("path", lint.selections, "Files, folders or ids. Default: all of specs/");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::span words(argv, static_cast<std::size_t>(argc));
    return report(app, error, words.subspan(words.empty() ? 0 : 1));
  }
  if (list_app->parsed()) return list_of(what, list);
  if (lint_app->parsed()) return Arguments(lint);
  if (smoke_app->parsed()) return Arguments(smoke);
  if (check_app->parsed()) return check_of(std::move(check));
  if (fuzz_app->parsed()) return fuzz_of(std::move(fuzz));
  if (replay_app->parsed()) run = std::move(replay);
  const std::string wrong = contradiction(run);
  if (!wrong.empty()) return refuse(wrong);
  run.target = run.targets.front();
  return Arguments(run);
}

}  // namespace tcprove::cli
