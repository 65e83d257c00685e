#pragma once

#include <string>
#include <vector>

namespace tcprove::base {

/// A place in a text; line and column are 1-based, 0 where the whole text is meant.
struct Place {
  int line = 0;
  int column = 0;
  int width = 1;  ///< Columns that the caret underlines.

  bool operator==(const Place&) const = default;
};

/// A mistake of the person who wrote an input, with the place to mend it.
struct Diagnostic {
  std::string file{};
  Place place{};
  std::string message{};      ///< One clause, lower case, no full stop.
  std::string suggestion{};   ///< What was probably meant; empty where nothing is close.
  std::string source_line{};  ///< The line at `place`, without its end; empty where there is none.
};

using Diagnostics = std::vector<Diagnostic>;

/// `file:line:col: error: message; did you mean "suggestion"?`, then the source line and a caret.
/// A place without a line prints `file: error: …` alone. Ends in a newline.
std::string to_string(const Diagnostic& diagnostic);

/// All of them, in the order given.
std::string to_string(const Diagnostics& diagnostics);

}  // namespace tcprove::base
