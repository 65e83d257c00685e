#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tcprove::report {

/// One character of a text that may be anything; an octet that begins no valid UTF-8 sequence
/// stands alone.
struct CodePoint {
  char32_t value = 0;  ///< The octet itself where not valid.
  std::size_t octets = 1;
  bool valid = true;
};

/// The first character of `text`: no overlong form, surrogate or number past U+10FFFF is valid.
/// Requires: `text` is not empty.
CodePoint first_code_point(std::string_view text);

/// `text` fit for one line of a terminal: control characters and octets that are not UTF-8 become
/// `\xHH`; with `utf8` off everything past ASCII becomes `?`.
std::string printable(std::string_view text, bool utf8);

/// Columns that `text` takes: one a character, as all that the reports draw with are narrow.
std::size_t columns(std::string_view text);

/// `text` filled up with blanks to `width` columns; longer ones stay as they are.
std::string padded(std::string_view text, std::size_t width);

/// Cuts `text` into lines of at most `width` columns: at blanks, inside `<…>` after commas. A part
/// that is longer than a line stands alone and whole. At least one line, the first maybe empty.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace tcprove::report
