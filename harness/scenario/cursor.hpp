#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "harness/scenario/phrase.hpp"
#include "harness/scenario/problems.hpp"

namespace tcprove::scenario {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Reads a phrase from left to right and reports what is wrong with it at its place.
///
/// Lifetime: keeps references to both.
class Cursor {
 public:
  Cursor(const Phrase& phrase, Problems& problems) : phrase_(phrase), problems_(problems) {}

  [[nodiscard]] std::size_t position() const { return position_; }
  void move_to(std::size_t position) { position_ = position; }

  [[nodiscard]] bool at_end() const { return position_ == text().size(); }
  /// The next character; NUL at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text()[position_]; }
  [[nodiscard]] std::string_view rest() const { return text().substr(position_); }
  [[nodiscard]] std::string_view since(std::size_t begin) const {
    return text().substr(begin, position_ - begin);
  }

  /// Steps over `literal` if it comes next.
  bool take(std::string_view literal) {
    if (!rest().starts_with(literal)) return false;
    position_ += literal.size();
    return true;
  }

  template <class Predicate>
  std::string_view take_while(Predicate predicate) {
    const std::size_t begin = position_;
    while (!at_end() && predicate(text()[position_])) ++position_;
    return since(begin);
  }

  void skip_blanks() { take_while(is_blank); }
  /// All up to the next blank or the end.
  std::string_view take_word() {
    return take_while([](char c) { return !is_blank(c); });
  }

  /// Reports [begin, end).
  void error(std::size_t begin, std::size_t end, std::string message, std::string suggestion = {}) {
    problems_.add(phrase_.place(begin, end), std::move(message), std::move(suggestion));
  }
  /// Reports what was read since `begin`.
  void error_since(std::size_t begin, std::string message, std::string suggestion = {}) {
    error(begin, position_, std::move(message), std::move(suggestion));
  }
  /// Reports the word that comes next, as something that does not belong there; reads past it.
  void error_at_word(std::string message, std::string suggestion = {}) {
    const std::size_t begin = position_;
    take_word();
    error_since(begin, std::move(message), std::move(suggestion));
  }

  /// How many mistakes were found before; more later tell that a reading failed.
  [[nodiscard]] std::size_t problem_count() const { return problems_.count(); }

 private:
  [[nodiscard]] std::string_view text() const { return phrase_.text(); }

  const Phrase& phrase_;
  Problems& problems_;
  std::size_t position_ = 0;
};

}  // namespace tcprove::scenario
