#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// How text for people is set.
struct TextStyle {
  bool color = false;       ///< ANSI escapes.
  bool utf8 = true;         ///< Off: ASCII alone.
  std::size_t width = 100;  ///< Columns; the ladder and wrapped sentences keep to it.
};

/// What the drawings are made of; each is one column wide unless said otherwise.
struct Glyphs {
  std::string_view bar;      ///< A side of the ladder.
  std::string_view line;     ///< An arrow's shaft.
  std::string_view right;    ///< An arrow's head.
  std::string_view left;     ///< An arrow's head.
  std::string_view lost;     ///< Where an arrow breaks off.
  std::string_view mark;     ///< Beside what went wrong.
  std::string_view gap;      ///< Where time passes or events are left out.
  std::string_view answer;   ///< Between a call and its answer; one or two columns.
  std::string_view none;     ///< A count of zero.
  std::string_view between;  ///< Parts of a line; any width.
  std::string_view section;  ///< Before a section's number; any width.
};

const Glyphs& glyphs(bool utf8);

enum class Ink : std::uint8_t { Plain, Bold, Dim, Red, Green, Yellow };

/// Red for what turns a run red, yellow for what should be looked at, green for what held.
Ink ink_of(Verdict verdict);

/// `text` between ANSI escapes, or as it is where `style` has no colour or `ink` is Plain.
std::string painted(std::string_view text, Ink ink, const TextStyle& style);

}  // namespace tcprove::report
