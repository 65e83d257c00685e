#include "harness/engine/batch.hpp"

#include <algorithm>
#include <optional>
#include <variant>

namespace tcprove::engine {
namespace {

using plan::Expr;
using plan::SegmentText;
using plan::Symbol;

/// What the stack may still say changes none of these.
bool is_settled(Symbol symbol) {
  return symbol == Symbol::PeerNxt || symbol == Symbol::Irs ||
         (is_time(symbol) && symbol != Symbol::Timer);
}

bool is_settled(const std::optional<Expr>& expr) {
  return !expr || std::ranges::all_of(
                      expr->terms, [](const Expr::Term& term) { return is_settled(term.symbol); });
}

bool echoes(const SegmentText& segment) {
  return segment.options &&
         std::ranges::any_of(*segment.options, [](const plan::OptionText& option) {
           return option.echo || !option.sack.empty();
         });
}

/// A SYN ends a batch with those behind it, as these count from the stack's answer to it.
bool is_settled(const SegmentText& segment) {
  const bool names_ack = segment.ack || !segment.ctl.has(wire::Flag::Ack);
  return names_ack && !segment.ctl.has(wire::Flag::Syn) && is_settled(segment.seq) &&
         is_settled(segment.ack) && is_settled(segment.len) && is_settled(segment.wnd) &&
         is_settled(segment.up) && !echoes(segment);
}

bool has_syn(const plan::Send& send) {
  return std::ranges::any_of(send.sent,
                             [](const SegmentText& s) { return s.ctl.has(wire::Flag::Syn); });
}

bool asks_for_silence(const plan::Step& step) {
  if (std::holds_alternative<plan::ExpectNothing>(step.action)) return true;
  const auto* const one_of = std::get_if<plan::OneOf>(&step.action);
  return one_of != nullptr && std::ranges::any_of(one_of->alternatives, [](const auto& a) {
           return std::holds_alternative<plan::ExpectNothing>(a);
         });
}

const plan::Send* send_at(const plan::Plan& plan, std::size_t step) {
  return step < plan.steps.size() ? std::get_if<plan::Send>(&plan.steps[step].action) : nullptr;
}

}  // namespace

std::size_t batch_end(const plan::Plan& plan, std::size_t first) {
  const plan::Send* last = send_at(plan, first);
  std::size_t end = first + 1;
  while (last != nullptr && !has_syn(*last)) {
    const plan::Send* const next = send_at(plan, end);
    const auto settled = [](const SegmentText& segment) { return is_settled(segment); };
    if (next == nullptr || !std::ranges::all_of(next->sent, settled)) break;
    last = next;
    ++end;
  }
  const bool silence = end < plan.steps.size() && asks_for_silence(plan.steps[end]);
  return silence && end > first + 1 ? end - 1 : end;
}

std::vector<bool> steps_in_batches(const plan::Plan& plan) {
  std::vector<bool> in_batch(plan.steps.size());
  for (std::size_t begin = 0; begin < plan.steps.size();) {
    const plan::Send* const send = send_at(plan, begin);
    const std::size_t end = batch_end(plan, begin);
    const bool several = end > begin + 1 || (send != nullptr && send->arrive.size() > 1);
    for (; begin < end; ++begin) in_batch[begin] = several;
  }
  return in_batch;
}

}  // namespace tcprove::engine
