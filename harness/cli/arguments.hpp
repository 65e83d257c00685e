#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/trial/captured.hpp"
#include "harness/trial/matrix_row.hpp"

namespace tcprove::cli {

/// `tcprove run`.
struct RunArguments {
  std::vector<std::string> selections;  ///< Empty: all of specs/.
  std::string target;
  std::size_t jobs = 1;
  std::uint64_t seed = 1;
  bool strict = false;
  bool raw = false;      ///< Ladders with sequence numbers as on the wire.
  std::string expected;  ///< A file of known deviations; empty: specs/expected/<target>.yaml.
  std::string junit;     ///< Paths; empty: not written.
  std::string json;
  std::string pcap;      ///< A folder.
  bool profile = false;  ///< The long form.
  bool matrix = false;
  trial::MatrixRow row;  ///< Played alone.
};

/// `tcprove list`.
struct ListArguments {
  enum class What : std::uint8_t { Scenarios, Targets, Requirements, Rules, Faults };
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

using Arguments = std::variant<RunArguments, ListArguments, LintArguments, CheckArguments>;

/// What the command line says, or the exit status where there is nothing left to do: help was
/// printed, or what is wrong with it.
std::variant<Arguments, int> parse_arguments(int argc, const char* const* argv);

}  // namespace tcprove::cli
