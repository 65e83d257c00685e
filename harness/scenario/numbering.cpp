#include "harness/scenario/numbering.hpp"

#include <algorithm>
#include <optional>
#include <variant>

namespace tcprove::scenario {
namespace {

/// Whether the symbol is a point in a sequence space, and not a length.
bool is_point(plan::Symbol symbol) {
  return symbol != plan::Symbol::SndWnd && symbol != plan::Symbol::RcvWnd && !plan::is_time(symbol);
}

/// Counts `expr` from the initial number `iss`, which the symbol ISS stands for where it is the
/// stack's own choice.
void shift(plan::Expr& expr, std::optional<std::uint32_t> iss) {
  const bool absolute =
      std::any_of(expr.terms.begin(), expr.terms.end(),
                  [](const plan::Expr::Term& term) { return is_point(term.symbol); });
  if (absolute) return;
  if (!iss) {
    expr.terms.insert(expr.terms.begin(), plan::Expr::Term{.symbol = plan::Symbol::Iss});
    return;
  }
  expr.constant += *iss;
  // A sum with a window in it is taken modulo 2^32 when it is known.
  if (expr.is_constant()) expr.constant = static_cast<std::uint32_t>(expr.constant);
}

/// `own` is the sender's initial number, `other` the one that it acknowledges.
void shift(plan::SegmentText& segment, std::optional<std::uint32_t> own,
           std::optional<std::uint32_t> other) {
  if (segment.seq) shift(*segment.seq, own);
  if (segment.ack) shift(*segment.ack, other);
  if (!segment.options) return;
  for (plan::OptionText& option : *segment.options) {
    for (auto& [left, right] : option.sack) {
      shift(left, other);
      shift(right, other);
    }
  }
}

}  // namespace

void make_absolute(plan::Step& step, InitialNumbers iss) {
  if (auto* send = std::get_if<plan::Send>(&step.action)) {
    for (plan::SegmentText& segment : send->sent) shift(segment, iss.peer, iss.stack);
  } else if (auto* expect = std::get_if<plan::Expect>(&step.action)) {
    shift(expect->segment, iss.stack, iss.peer);
  } else if (auto* one_of = std::get_if<plan::OneOf>(&step.action)) {
    for (auto& alternative : one_of->alternatives) {
      auto* expected = std::get_if<plan::Expect>(&alternative);
      if (expected != nullptr) shift(expected->segment, iss.stack, iss.peer);
    }
  }
}

}  // namespace tcprove::scenario
