#include "harness/cli/arguments.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/cli/exit_status.hpp"
#include "harness/cli/version.hpp"

namespace tcprove::cli {
namespace {

constexpr std::size_t kJobsMax = 256;
constexpr std::array<std::string_view, 3> kCommands{"run", "list", "lint"};

const std::map<std::string, ListArguments::What>& list_words() {
  static const std::map<std::string, ListArguments::What> words{
      {"scenarios", ListArguments::What::Scenarios},
      {"targets", ListArguments::What::Targets},
      {"requirements", ListArguments::What::Requirements}};
  return words;
}

void define_run(CLI::App& app, RunArguments& run) {
  app.add_option(
      "path", run.selections,
      "Scenario files, folders or ids; an id may end in an [instance]. Default: all of specs/");
  app.add_option("-t,--target", run.target, "The stack to judge: see `tcprove list targets`")
      ->required();
  app.add_option("-j,--jobs", run.jobs, "Worker processes")
      ->check(CLI::Range(std::size_t{1}, kJobsMax));
  app.add_option("--seed", run.seed, "Of all that is random");
  app.add_flag("--strict", run.strict, "A SHOULD that is violated fails the run");
  app.add_flag("--raw", run.raw, "Show sequence numbers as they are on the wire");
  app.add_option("--expected", run.expected,
                 "Known deviations, or none. Default: specs/expected/<target>.yaml");
  app.add_option("--junit", run.junit, "Write JUnit XML to this file");
  app.add_option("--json", run.json, "Write JSON to this file");
  app.add_option("--pcap", run.pcap, "Write a pcapng capture of each scenario below this folder");
}

/// CLI11 calls what it does not know `extras`; the nearest word is what the user needs.
std::string suggestion_for(int argc, const char* const* argv) {
  if (argc < 2) return {};
  const std::string_view word = argv[1];
  if (word.starts_with('-') || std::ranges::find(kCommands, word) != kCommands.end()) return {};
  const std::string near = base::nearest(word, kCommands);
  return near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near);
}

int report(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version.
  fmt::print(stderr, "tcprove: {}{}\nTry `tcprove --help`.\n", error.what(),
             suggestion_for(argc, argv));
  return kUsageError;
}

std::string contradiction(const RunArguments& run) {
  if (!run.json.empty() && run.json == run.junit) {
    return fmt::format("--json and --junit name the same file: {}", run.json);
  }
  return {};
}

}  // namespace

std::variant<Arguments, int> parse_arguments(int argc, const char* const* argv) {
  CLI::App app{"Proves a TCP: plays scenarios against a stack and judges it by RFC 9293.",
               "tcprove"};
  app.set_version_flag("--version", std::string("tcprove ") + kVersion);
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  app.footer(
      "Exit status: 0 all held, 1 a requirement was violated, 2 the command line or a spec is "
      "wrong,\n"
      "3 the harness or the adapter failed.");

  RunArguments run;
  ListArguments list;
  LintArguments lint;
  CLI::App* const run_app = app.add_subcommand("run", "Play scenarios against a stack");
  define_run(*run_app, run);
  CLI::App* const list_app = app.add_subcommand("list", "List what there is");
  list_app->add_option("what", list.what, "scenarios, targets or requirements")
      ->required()
      ->transform(CLI::CheckedTransformer(list_words()));
  list_app->add_flag("--json", list.json, "As JSON");
  CLI::App* const lint_app = app.add_subcommand("lint", "Say what is wrong with scenario files");
  lint_app->add_option("path", lint.selections, "Files, folders or ids. Default: all of specs/");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report(app, error, argc, argv);
  }
  if (run_app->parsed()) {
    const std::string wrong = contradiction(run);
    if (wrong.empty()) return Arguments(run);
    fmt::print(stderr, "tcprove: {}\n", wrong);
    return kUsageError;
  }
  if (list_app->parsed()) return Arguments(list);
  return Arguments(lint);
}

}  // namespace tcprove::cli
