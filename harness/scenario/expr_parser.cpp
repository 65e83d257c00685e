#include "harness/scenario/expr_parser.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/duration_literal.hpp"
#include "harness/scenario/literal_parser.hpp"

namespace tcprove::scenario {
namespace {

enum class Quantity : std::uint8_t { Number, Duration };

constexpr auto kLastSymbol = plan::Symbol::Timer;

/// The names of all symbols that are of the quantity.
std::vector<std::string_view> symbol_names(Quantity quantity) {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(kLastSymbol); ++i) {
    const auto symbol = static_cast<plan::Symbol>(i);
    if (plan::is_time(symbol) == (quantity == Quantity::Duration)) {
      names.push_back(plan::to_string(symbol));
    }
  }
  return names;
}

/// A point belongs to a name only before a letter: `rto..3s` is a range.
std::string_view take_name(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  cursor.take_while(is_letter);
  while (cursor.peek() == '.' && cursor.rest().size() > 1 && is_letter(cursor.rest()[1])) {
    cursor.take(".");
    cursor.take_while(is_letter);
  }
  // The one name with a minus in it.
  if (cursor.since(begin) == "delayed") cursor.take("-ack");
  return cursor.since(begin);
}

/// Reads one expression of one quantity.
class ExprParser {
 public:
  ExprParser(Cursor& cursor, Quantity quantity, std::string_view what)
      : cursor_(cursor), quantity_(quantity), what_(what) {}

  std::optional<plan::Expr> parse() {
    const std::size_t begin = cursor_.position();
    bool negative = take_sign();
    bool good = parse_term(negative);
    while (good && take_operator(negative)) good = parse_term(negative);
    if (!good) return std::nullopt;
    if (expr_.terms.size() > kTermsMax) {
      good = fail(begin, fmt::format("an expression has at most {} symbols", kTermsMax));
    } else if (expr_.constant > constant_max() || expr_.constant < -constant_max()) {
      good = fail(begin, too_large());
    }
    return good ? std::optional(std::move(expr_)) : std::nullopt;
  }

 private:
  [[nodiscard]] bool is_duration() const { return quantity_ == Quantity::Duration; }
  [[nodiscard]] std::int64_t constant_max() const {
    return is_duration() ? kDurationMax.count() : kNumberMax;
  }
  [[nodiscard]] std::string too_large() const {
    return is_duration() ? "a duration is at most 10 years"
                         : fmt::format("a number is at most {}", kNumberMax);
  }

  /// Always false.
  bool fail(std::size_t begin, std::string message, std::string suggestion = {}) {
    cursor_.error_since(begin, std::move(message), std::move(suggestion));
    return false;
  }

  void skip_blanks() {
    if (is_duration()) cursor_.skip_blanks();
  }

  /// Whether the sign, if there is one, is a minus.
  bool take_sign() {
    if (cursor_.take("-")) return true;
    cursor_.take("+");
    return false;
  }

  /// Whether another term follows; blanks that lead nowhere are not read.
  bool take_operator(bool& negative) {
    const std::size_t end = cursor_.position();
    skip_blanks();
    if (cursor_.peek() != '+' && cursor_.peek() != '-') {
      cursor_.move_to(end);
      return false;
    }
    negative = take_sign();
    skip_blanks();
    // A variable's value may bring its own sign: RCV.NXT+-1.
    if (take_sign()) negative = !negative;
    return true;
  }

  /// `3`, `2*3`, `SND.WND`, `2*SND.WND`, each with or without `/N`.
  bool parse_term(bool negative) {
    const std::size_t begin = cursor_.position();
    std::int64_t factor = 1;
    std::optional<DurationLiteral> literal;
    if (is_digit(cursor_.peek())) {
      literal = parse_literal();
      if (!literal) return false;
      if (literal->is_factor) {
        factor = std::exchange(literal, std::nullopt)->value;
        if (is_digit(cursor_.peek())) {
          literal = parse_literal();
          if (!literal) return false;
          if (literal->is_factor) return fail(begin, "a product has one factor");
        }
      }
    }
    if (negative) factor = -factor;
    return literal ? parse_constant(begin, literal->value, factor) : parse_symbol(begin, factor);
  }

  bool parse_constant(std::size_t begin, std::int64_t value, std::int64_t factor) {
    const std::optional<std::int64_t> divisor = parse_divisor();
    std::int64_t product = 0;
    if (!divisor) return false;
    if (__builtin_mul_overflow(value, factor, &product) ||
        __builtin_add_overflow(expr_.constant, product / *divisor, &expr_.constant)) {
      return fail(begin, too_large());
    }
    return true;
  }

  bool parse_symbol(std::size_t begin, std::int64_t factor) {
    const std::optional<plan::Symbol> symbol = parse_symbol_name();
    if (!symbol) return false;
    if (cursor_.take("*")) return fail(begin, "a factor stands before its symbol, as in 2*msl");
    const std::optional<std::int64_t> divisor = parse_divisor();
    if (!divisor) return false;
    const std::int64_t max = is_duration() ? kTimeFactorMax : kNumberMax;
    if (factor > max || factor < -max) {
      return fail(begin, fmt::format("a factor is at most {}", max));
    }
    expr_.terms.push_back({.coefficient = factor, .divisor = *divisor, .symbol = *symbol});
    return true;
  }

  std::optional<std::int64_t> parse_divisor() {
    if (!cursor_.take("/")) return 1;
    const auto divisor = parse_integer(cursor_, "a divisor", 1, kNumberMax);
    if (!divisor) return std::nullopt;
    return static_cast<std::int64_t>(*divisor);
  }

  std::optional<DurationLiteral> parse_literal() {
    if (is_duration()) return parse_duration_literal(cursor_);
    const std::size_t begin = cursor_.position();
    const std::string_view token =
        cursor_.take_while([](char c) { return is_digit(c) || is_letter(c); });
    if (looks_like_duration(token)) {
      fail(begin, fmt::format("{} is a number, not the duration {}", what_, in_quotes(token)));
      return std::nullopt;
    }
    cursor_.move_to(begin);
    const auto value = parse_integer(cursor_, what_, 0, kNumberMax);
    if (!value) return std::nullopt;
    return DurationLiteral{static_cast<std::int64_t>(*value), cursor_.take("*")};
  }

  std::optional<plan::Symbol> parse_symbol_name() {
    const std::size_t begin = cursor_.position();
    const std::string_view name = take_name(cursor_);
    if (name.empty()) {
      const std::string_view found = cursor_.take_word();
      fail(begin, found.empty()
                      ? fmt::format("{} is missing here", what_)
                      : fmt::format("{} is expected here, not {}", what_, in_quotes(found)));
      return std::nullopt;
    }
    const std::optional<plan::Symbol> symbol = plan::parse_symbol(name);
    if (!symbol) {
      fail(begin, fmt::format("{} is no symbol", in_quotes(name)),
           base::nearest(name, symbol_names(quantity_)));
      return std::nullopt;
    }
    if (plan::is_time(*symbol) != is_duration()) {
      fail(begin, is_duration() ? fmt::format("{} is a number, not a duration", name)
                                : fmt::format("{} is a duration, not a number", name));
      return std::nullopt;
    }
    return symbol;
  }

  Cursor& cursor_;
  Quantity quantity_;
  std::string_view what_;
  plan::Expr expr_;
};

base::Result<plan::Expr> parse_text(std::string_view text,
                                    std::optional<plan::Expr> (*parse)(Cursor&)) {
  const Source source("expression", std::string(text));
  const Phrase phrase{std::string(text)};
  Problems problems(source);
  Cursor cursor(phrase, problems);
  std::optional<plan::Expr> expr = parse(cursor);
  if (expr && !cursor.at_end()) cursor.error_at_word("the expression ends before this");
  if (!problems.none()) return problems.take();
  return *std::move(expr);
}

}  // namespace

std::optional<plan::Expr> parse_number(Cursor& cursor, std::string_view what, std::int64_t min,
                                       std::int64_t max) {
  const std::size_t begin = cursor.position();
  std::optional<plan::Expr> expr = ExprParser(cursor, Quantity::Number, what).parse();
  if (expr && expr->is_constant() && (expr->constant < min || expr->constant > max)) {
    cursor.error_since(begin, fmt::format("{} is from {} to {}", what, min, max));
    return std::nullopt;
  }
  return expr;
}

std::optional<plan::Expr> parse_duration(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  std::optional<plan::Expr> expr = ExprParser(cursor, Quantity::Duration, "a duration").parse();
  if (expr && expr->is_constant() && expr->constant < 0) {
    cursor.error_since(begin, "a duration is not negative");
    return std::nullopt;
  }
  return expr;
}

base::Result<plan::Expr> parse_number_text(std::string_view text) {
  return parse_text(text, [](Cursor& cursor) { return parse_number(cursor, "a number"); });
}

base::Result<plan::Expr> parse_duration_text(std::string_view text) {
  return parse_text(text, [](Cursor& cursor) { return parse_duration(cursor); });
}

}  // namespace tcprove::scenario
