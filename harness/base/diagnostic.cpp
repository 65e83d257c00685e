#include "harness/base/diagnostic.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcprove::base {
namespace {

/// A tab in the source keeps its width under the caret line only if the caret line repeats it.
std::string padding_under(const std::string& source_line, int column) {
  std::string padding;
  for (int i = 0; i + 1 < column; ++i) {
    const auto at = static_cast<std::size_t>(i);
    padding += at < source_line.size() && source_line[at] == '\t' ? '\t' : ' ';
  }
  return padding;
}

}  // namespace

std::string to_string(const Diagnostic& d) {
  const std::string hint =
      d.suggestion.empty() ? "" : fmt::format("; did you mean \"{}\"?", d.suggestion);
  if (d.place.line == 0) return fmt::format("{}: error: {}{}\n", d.file, d.message, hint);
  std::string text =
      fmt::format("{}:{}:{}: error: {}{}\n", d.file, d.place.line, d.place.column, d.message, hint);
  if (!d.source_line.empty()) {
    const int width = std::max(1, d.place.width);
    text += fmt::format("{:5} | {}\n", d.place.line, d.source_line);
    text += fmt::format("      | {}^{}\n", padding_under(d.source_line, d.place.column),
                        std::string(static_cast<std::size_t>(width - 1), '~'));
  }
  return text;
}

std::string to_string(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += to_string(d);
  return text;
}

}  // namespace tcprove::base
