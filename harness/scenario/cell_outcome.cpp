#include "harness/scenario/cell_outcome.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "harness/base/check.hpp"

namespace tcprove::scenario {
namespace {

using plan::Expr;
using plan::Symbol;
using wire::Flag;

/// Longer than an ACK may be delayed (MUST-40), shorter than any retransmission (RFC 6298).
constexpr base::Duration kSilence = std::chrono::milliseconds(600);

Expr symbol(Symbol name) { return {.constant = 0, .terms = {{.symbol = name}}}; }

Expr sum(Expr a, const Expr& b) {
  a.constant += b.constant;
  a.terms.insert(a.terms.end(), b.terms.begin(), b.terms.end());
  return a;
}

Expr value_of(ReplyNumber number, const ReplyContext& context) {
  const plan::SegmentText* seg = context.arriving;
  const auto field = [&](const std::optional<Expr>& value) {
    TCPROVE_CHECK(seg != nullptr && value.has_value(),
                  "a stimulus names what its reply is made of");
    return *value;
  };
  switch (number) {
    case ReplyNumber::Zero:
      return context.zero;
    case ReplyNumber::Iss:
      return symbol(Symbol::Iss);
    case ReplyNumber::SndUna:
      return symbol(Symbol::SndUna);
    case ReplyNumber::SndNxt:
      return context.snd_nxt;
    case ReplyNumber::RcvNxt:
      return context.rcv_nxt;
    case ReplyNumber::SegAck:
      return field(seg->ack);
    case ReplyNumber::SegSeqPlusOne:
      return sum(field(seg->seq), {.constant = 1});
    case ReplyNumber::SegEnd: {
      const std::int64_t controls =
          std::int64_t{seg->ctl.has(Flag::Syn)} + std::int64_t{seg->ctl.has(Flag::Fin)};
      return sum(sum(field(seg->seq), seg->len.value_or(Expr{})), {.constant = controls});
    }
    case ReplyNumber::NewIss:
      break;
  }
  TCPROVE_CHECK(false, "a new initial sequence number is not known beforehand");
}

plan::Expect expect(const ReplySegment& reply, wire::Flags ctl, const ReplyContext& context) {
  plan::Expect expect;
  plan::SegmentText& segment = expect.segment;
  segment.ctl = ctl;
  // A new connection's first number is the stack's choice, and so is that of a first SYN.
  const bool chosen = reply.seq == ReplyNumber::NewIss ||
                      (reply.seq == ReplyNumber::Iss && ctl.has(Flag::Syn) && !context.within);
  if (reply.seq && !chosen) segment.seq = value_of(*reply.seq, context);
  if (reply.ack && ctl.has(Flag::Ack)) segment.ack = value_of(*reply.ack, context);
  // A new connection's window is another one than that in which the segment was placed.
  const auto of_window = [](const Expr::Term& term) { return term.symbol == Symbol::RcvWnd; };
  if (chosen && segment.ack && std::ranges::any_of(segment.ack->terms, of_window)) {
    segment.ack.reset();
  }
  if (reply.zero_window) segment.wnd = Expr{};
  const bool has_data = reply.data == ReplySegment::Data::Some ||
                        (reply.data == ReplySegment::Data::Optional && !ctl.has(Flag::Fin));
  if (has_data && context.data > 0) segment.len = Expr{.constant = context.data};
  expect.within = context.within;
  return expect;
}

/// The forms of one reply: with and without the control bits that may be set or not.
void add(const Reply& reply, const ReplyContext& context, plan::OneOf& one_of) {
  if (reply.kind == Reply::Kind::Later) return;  // The other replies may take their time anyway.
  if (reply.kind == Reply::Kind::None) {
    one_of.alternatives.emplace_back(plan::ExpectNothing{{.constant = kSilence.count()}});
    return;
  }
  // Of several only the last matters here: the table has such for deviations alone.
  const ReplySegment& segment = reply.segments.back();
  const bool fin_or_data =
      segment.optional_ctl.has(Flag::Fin) && segment.data == ReplySegment::Data::Optional;
  if (!fin_or_data || context.data > 0) {
    one_of.alternatives.emplace_back(expect(segment, segment.ctl, context));
  }
  if (segment.optional_ctl != wire::Flags() && (!fin_or_data || context.data == 0)) {
    one_of.alternatives.emplace_back(expect(segment, segment.ctl | segment.optional_ctl, context));
  }
}

}  // namespace

void Allowed::add(const Allowed& other) {
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(replies, other.replies);
  append(user, other.user);
  append(deviations, other.deviations);
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
    const auto state = static_cast<tcp::State>(i);
    if (other.next.has(state)) next.add(state);
  }
}

std::optional<tcp::State> Allowed::only_next() const {
  std::optional<tcp::State> only;
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
    const auto state = static_cast<tcp::State>(i);
    if (!next.has(state)) continue;
    if (only) return std::nullopt;
    only = state;
  }
  return only;
}

Allowed allowed_by(const StateEventRow& row, const std::vector<When>& holds) {
  const auto applies = [&](const Alternative& a) {
    return std::ranges::all_of(a.when,
                               [&](When w) { return std::ranges::find(holds, w) != holds.end(); });
  };
  Allowed allowed;
  const auto take = [&allowed](const Outcome& outcome) {
    Allowed more{.replies = outcome.replies, .next = {}, .user = outcome.user, .deviations = {}};
    for (const tcp::State state : outcome.next) more.next.add(state);
    allowed.add(more);
  };
  bool replaced = false;
  for (const Alternative& a : row.alternatives) {
    if (a.kind != Alternative::Kind::Condition || !applies(a)) continue;
    take(a.outcome);
    replaced = true;
  }
  if (!replaced) take(row.outcome);
  for (const Alternative& a : row.alternatives) {
    if (a.kind == Alternative::Kind::Option && applies(a)) take(a.outcome);
    if (a.kind == Alternative::Kind::Deviation && applies(a))
      allowed.deviations.push_back(a.source);
  }
  return allowed;
}

std::variant<plan::Expect, plan::ExpectNothing, plan::OneOf> expectation_of(
    const std::vector<Reply>& replies, const ReplyContext& context) {
  plan::OneOf one_of;
  std::vector<Reply> different;
  for (const Reply& reply : replies) {
    if (std::ranges::find(different, reply) == different.end()) different.push_back(reply);
  }
  for (const Reply& reply : different) add(reply, context, one_of);
  TCPROVE_CHECK(!one_of.alternatives.empty(), "a row has a reply besides a later one");
  if (one_of.alternatives.size() > 1) return one_of;
  if (auto* only = std::get_if<plan::Expect>(&one_of.alternatives.front())) return std::move(*only);
  return std::get<plan::ExpectNothing>(one_of.alternatives.front());
}

}  // namespace tcprove::scenario
