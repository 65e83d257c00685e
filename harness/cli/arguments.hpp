#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/trial/captured.hpp"
#include "harness/trial/matrix_row.hpp"

namespace tcprove::cli {

/// `tcprove run` and `tcprove replay`.
struct RunArguments {
  bool replay = false;                  ///< The whole exchange of each, whatever came of it.
  std::vector<std::string> selections;  ///< Empty: all of specs/.
  std::vector<std::string> targets;     ///< Each once; one at least.
  bool owned = false;                   ///< The user says that they are his own.
  std::string target;                   ///< The one of them whose turn it is.
  std::optional<std::size_t> jobs;      ///< Absent: workers_for() the target.
  std::uint64_t seed = 1;
  bool strict = false;
  bool raw = false;      ///< Ladders with sequence numbers as on the wire.
  std::string expected;  ///< A file of known deviations; empty: specs/expected/<target>.yaml.
  std::string junit;     ///< Paths; empty: not written.
  std::string json;
  std::string markdown;
  std::string sarif;
  std::string html;
  std::string pcap;      ///< A folder.
  bool profile = false;  ///< The long form.
  bool matrix = false;
  trial::MatrixRow row;  ///< Played alone.
};

/// `tcprove list`.
struct ListArguments {
  enum class What : std::uint8_t { Scenarios, Targets, Requirements, Rules, Faults, Bugs };
  What what = What::Scenarios;
  bool json = false;
};

/// `tcprove lint`.
struct LintArguments {
  std::vector<std::string> selections;
};

/// `tcprove check`.
struct CheckArguments {
  std::string capture;
  std::string stack_text;                 ///< As given; empty where it was not.
  std::optional<trial::StackSide> stack;  ///< What it says.
  bool strict = false;
  bool raw = false;
  std::string junit;
  std::string json;
};

/// `tcprove smoke`.
struct SmokeArguments {
  std::string target;
  bool owned = false;  ///< As of a run.
};

/// `tcprove fuzz`.
struct FuzzArguments {
  std::string target;
  bool owned = false;     ///< As of a run.
  std::string time_text;  ///< As given; empty where it was not.
  std::optional<base::Duration> time;
  std::optional<std::uint64_t> runs;
  std::size_t jobs = 1;
  std::uint64_t seed = 1;
  bool until_found = false;
  std::string corpus;    ///< A folder; empty: none.
  std::string baseline;  ///< A file, or none; empty: what specs/expected/ knows.
  std::string out = "findings";
  std::string sarif;  ///< Paths; empty: not written.
  std::string junit;
  std::string markdown;
};

using Arguments = std::variant<RunArguments, ListArguments, LintArguments, CheckArguments,
                               SmokeArguments, FuzzArguments>;

/// What the command line says, or the exit status where there is nothing left to do: help was
/// printed, or what is wrong with it.
std::variant<Arguments, int> parse_arguments(int argc, const char* const* argv);

}  // namespace tcprove::cli
