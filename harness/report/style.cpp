#include "harness/report/style.hpp"

#include <array>

#include <fmt/format.h>

namespace tcprove::report {

const Glyphs& glyphs(bool utf8) {
  static constexpr Glyphs kUtf8{.bar = "│",
                                .line = "─",
                                .right = "▶",
                                .left = "◀",
                                .lost = "X",
                                .mark = "✗",
                                .gap = "⋮",
                                .answer = "→",
                                .none = "·",
                                .between = " · ",
                                .section = "§"};
  static constexpr Glyphs kAscii{.bar = "|",
                                 .line = "-",
                                 .right = ">",
                                 .left = "<",
                                 .lost = "X",
                                 .mark = "!",
                                 .gap = ":",
                                 .answer = "->",
                                 .none = "-",
                                 .between = ", ",
                                 .section = "section "};
  return utf8 ? kUtf8 : kAscii;
}

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fail:
    case Verdict::Error:
    case Verdict::Xpass:
      return Ink::Red;
    case Verdict::Warn:
    case Verdict::Inconclusive:
      return Ink::Yellow;
    case Verdict::Pass:
      return Ink::Green;
    case Verdict::Unsupported:
    case Verdict::Xfail:
      break;
  }
  return Ink::Plain;
}

std::string painted(std::string_view text, Ink ink, const TextStyle& style) {
  static constexpr std::array<int, 6> kCodes{0, 1, 2, 31, 32, 33};
  if (!style.color || ink == Ink::Plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", kCodes.at(static_cast<std::size_t>(ink)), text);
}

}  // namespace tcprove::report
