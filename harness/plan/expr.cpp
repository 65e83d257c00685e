#include "harness/plan/expr.hpp"

#include <array>
#include <cstddef>

#include "harness/base/check.hpp"
#include "harness/base/virtual_time.hpp"

namespace tcprove::plan {
namespace {

/// In the order of the enumerators.
constexpr std::array<std::string_view, 12> kSymbolNames{
    "SND.UNA", "SND.NXT",  "SND.WND", "ISS", "RCV.NXT",     "RCV.WND",
    "IRS",     "PEER.NXT", "msl",     "rto", "delayed-ack", "timer"};

/// Two's complement, modulo 2^64.
std::int64_t multiply(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

std::int64_t add(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

/// The least number has no positive counterpart, so its quotient by -1 wraps to itself.
std::int64_t divide(std::int64_t a, std::int64_t b) { return b == -1 ? multiply(a, -1) : a / b; }

void add_signed(const std::string& term, std::string& text) {
  if (!text.empty() && term.front() != '-') text += '+';
  text += term;
}

std::string term_to_string(const Expr::Term& term) {
  std::string text;
  if (term.coefficient == -1) {
    text += '-';
  } else if (term.coefficient != 1) {
    text += std::to_string(term.coefficient);
    text += '*';
  }
  text += to_string(term.symbol);
  if (term.divisor != 1) {
    text += '/';
    text += std::to_string(term.divisor);
  }
  return text;
}

std::string with_constant(const Expr& expr, const std::string& constant) {
  std::string text;
  for (const Expr::Term& term : expr.terms) add_signed(term_to_string(term), text);
  if (expr.constant != 0 || expr.terms.empty()) add_signed(constant, text);
  return text;
}

}  // namespace

std::string_view to_string(Symbol symbol) {
  return kSymbolNames.at(static_cast<std::size_t>(symbol));
}

std::optional<Symbol> parse_symbol(std::string_view name) {
  for (std::size_t i = 0; i < kSymbolNames.size(); ++i) {
    if (kSymbolNames.at(i) == name) return static_cast<Symbol>(i);
  }
  return std::nullopt;
}

bool is_time(Symbol symbol) { return symbol >= Symbol::Msl; }

std::int64_t Expr::constant_and_terms(const SymbolValues& values) const {
  std::int64_t sum = constant;
  for (const Term& term : terms) {
    TCPROVE_CHECK(term.divisor != 0, "an expression's divisor is never 0");
    sum = add(sum, divide(multiply(term.coefficient, values.value(term.symbol)), term.divisor));
  }
  return sum;
}

std::string to_string(const Expr& expr) {
  return with_constant(expr, std::to_string(expr.constant));
}

std::string duration_to_string(const Expr& expr) {
  return with_constant(expr, base::to_string(base::Duration(expr.constant)));
}

}  // namespace tcprove::plan
