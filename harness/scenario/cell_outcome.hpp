#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/scenario/state_event_table.hpp"

namespace tcprove::scenario {

/// What a row allows where some conditions hold.
struct Allowed {
  std::vector<Reply> replies;
  tcp::States next;
  std::vector<std::string> user;
  std::vector<std::string> deviations;  ///< What stacks are known to do instead.

  /// Allows what `other` does, too.
  void add(const Allowed& other);
  /// The one state in `next`; nothing where there are several.
  [[nodiscard]] std::optional<tcp::State> only_next() const;
};

/// A condition of the row takes the place of its own outcome where it holds; options come on top.
Allowed allowed_by(const StateEventRow& row, const std::vector<When>& holds);

/// What a reply's numbers and data stand for.
struct ReplyContext {
  const plan::SegmentText* arriving = nullptr;  ///< SEG; null where the event is no segment.
  plan::Expr rcv_nxt;                           ///< Before the event; likewise:
  plan::Expr snd_nxt;
  plan::Expr zero;        ///< The number 0 of the wire.
  std::int64_t data = 0;  ///< Octets of `<DATA>`.
  std::optional<plan::Within> within;
};

/// The expectation that is met by any of `replies`, and by nothing else.
std::variant<plan::Expect, plan::ExpectNothing, plan::OneOf> expectation_of(
    const std::vector<Reply>& replies, const ReplyContext& context);

}  // namespace tcprove::scenario
