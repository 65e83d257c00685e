#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/diagnostic.hpp"
#include "harness/scenario/variables.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

/// The text of a scalar with the variables' values in it, which knows where each part of it stands
/// in the source.
class Phrase {
 public:
  /// The text as it is.
  explicit Phrase(const Node& scalar);

  /// With the value in place of each `${name}`. Requires: all of them are bound.
  Phrase(const Node& scalar, const Bindings& bindings);

  /// As Phrase(scalar, bindings), but of the text with its double quotes and escapes as written.
  /// Requires: `scalar.raw` is not empty.
  static Phrase of_raw(const Node& scalar, const Bindings& bindings);

  /// A text on line 1 of nowhere.
  explicit Phrase(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }

  /// Where [begin, end) of text() stands. Where YAML's quoting or folding hides that, the
  /// scalar's beginning; within a variable's value, the `${name}` that it stands for.
  [[nodiscard]] base::Place place(std::size_t begin, std::size_t end) const;

 private:
  /// A run of text() and the run of the original that it stands for; equal sizes, or a value.
  struct Piece {
    std::size_t begin = 0;
    std::size_t original_begin = 0;
    std::size_t original_size = 0;
    bool is_value = false;
  };

  Phrase() = default;
  void substitute(std::string_view original, const Bindings& bindings);
  void append(std::string_view text, std::size_t original_begin, std::size_t original_size,
              bool is_value);
  [[nodiscard]] const Piece& piece_at(std::size_t position) const;

  std::string text_;
  std::vector<Piece> pieces_;
  base::Place start_;
  int text_column_ = 0;  ///< Of the original's first character; 0: not known.
};

}  // namespace tcprove::scenario
