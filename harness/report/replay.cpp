#include "harness/report/replay.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

bool is_plain(std::string_view word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@%+";
  return !word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos;
}

std::string with_each(std::string_view word, char special, std::string_view instead) {
  std::string out;
  for (const char c : word) {
    if (c == special) {
      out += instead;
    } else {
      out += c;
    }
  }
  return out;
}

/// `$'…'`, all that is not plain spelt in octal.
std::string spelt_out(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (is_plain(std::string_view(&c, 1)) || c == ' ' || c == '[' || c == ']') {
      out += c;
    } else {
      out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
  }
  return fmt::format("$'{}'", out);
}

std::string shell_quoted(std::string_view word, bool utf8) {
  if (is_plain(word)) return std::string(word);
  if (printable(word, utf8) != word) return spelt_out(word);
  return fmt::format("'{}'", with_each(word, '\'', R"('\'')"));
}

}  // namespace

std::string replay_command(const RunResult& run, const ScenarioResult& result, bool utf8) {
  if (!run.capture.empty()) {
    std::string command = "tcprove check " + shell_quoted(run.capture, utf8);
    if (!run.stack.empty()) command += " --stack " + shell_quoted(run.stack, utf8);
    return command;
  }
  std::string command = fmt::format("tcprove run {} --target {} --seed {}",
                                    shell_quoted(result.file + result.instance, utf8),
                                    shell_quoted(run.target, utf8), run.seed);
  if (!run.row.empty()) command += " " + run.row;
  if (!run.expected.empty()) command += " --expected " + shell_quoted(run.expected, utf8);
  return command;
}

}  // namespace tcprove::report
