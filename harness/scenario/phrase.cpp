#include "harness/scenario/phrase.hpp"

#include <algorithm>
#include <utility>

namespace tcprove::scenario {

Phrase::Phrase(const Node& scalar) : start_(scalar.place), text_column_(scalar.text_column) {
  append(scalar.text, 0, scalar.text.size(), false);
}

Phrase::Phrase(const Node& scalar, const Bindings& bindings)
    : start_(scalar.place), text_column_(scalar.text_column) {
  substitute(scalar.text, bindings);
}

Phrase Phrase::of_raw(const Node& scalar, const Bindings& bindings) {
  Phrase phrase;
  phrase.start_ = scalar.place;
  phrase.text_column_ = scalar.place.column;
  phrase.substitute(scalar.raw, bindings);
  return phrase;
}

Phrase::Phrase(std::string text)
    : text_(std::move(text)),
      pieces_{{.original_size = text_.size()}},
      start_{.line = 1, .column = 1},
      text_column_(1) {}

void Phrase::substitute(std::string_view original, const Bindings& bindings) {
  std::size_t done = 0;
  for (const VariableUse& use : variable_uses(original, bindings.variables)) {
    if (!use.variable) continue;
    append(original.substr(done, use.begin - done), done, use.begin - done, false);
    append(bindings.value(*use.variable), use.begin, use.end - use.begin, true);
    done = use.end;
  }
  append(original.substr(done), done, original.size() - done, false);
}

void Phrase::append(std::string_view text, std::size_t original_begin, std::size_t original_size,
                    bool is_value) {
  pieces_.push_back({.begin = text_.size(),
                     .original_begin = original_begin,
                     .original_size = original_size,
                     .is_value = is_value});
  text_ += text;
}

const Phrase::Piece& Phrase::piece_at(std::size_t position) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), position,
                       [](std::size_t at, const Piece& piece) { return at < piece.begin; });
  return *std::prev(after);
}

base::Place Phrase::place(std::size_t begin, std::size_t end) const {
  if (text_column_ == 0) return {.line = start_.line, .column = start_.column};
  const Piece& first = piece_at(begin);
  const Piece& last = piece_at(std::max(begin, end == 0 ? 0 : end - 1));
  const std::size_t from = first.original_begin + (first.is_value ? 0 : begin - first.begin);
  const std::size_t to = last.is_value ? last.original_begin + last.original_size
                                       : last.original_begin + (end - last.begin);
  return {.line = start_.line,
          .column = text_column_ + static_cast<int>(from),
          .width = static_cast<int>(std::max(to, from + 1) - from)};
}

}  // namespace tcprove::scenario
