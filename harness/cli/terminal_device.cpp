#include "harness/cli/terminal_device.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace tcprove::cli {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool locale_is_utf8() {
  // POSIX: the first of these that is not empty decides.
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value(variable(name));
    if (value.empty()) continue;
    std::ranges::transform(value, value.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace

bool stdout_is_terminal() { return isatty(STDOUT_FILENO) != 0 && variable("TERM") != "dumb"; }

report::TextStyle stdout_style() {
  constexpr std::size_t kWidthMin = 80;
  constexpr std::size_t kWidthMax = 120;
  report::TextStyle style;
  style.utf8 = locale_is_utf8();
  if (!stdout_is_terminal()) return style;
  style.color = variable("NO_COLOR").empty();
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = std::clamp<std::size_t>(size.ws_col, kWidthMin, kWidthMax);
  }
  return style;
}

}  // namespace tcprove::cli
