#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "property/target_law.hpp"

// What ends, and when: whatever is lost on the way, a connection that both sides close is over in
// bounded time, and TIME-WAIT lasts 2 MSL.

namespace tcprove::property {
namespace {

using plan::Symbol;
using tcp::CallKind;
using tcp::State;
using wire::Flag;

constexpr std::int64_t kSecond = 1'000'000'000;

plan::Expr number(std::int64_t n) { return {.constant = n}; }
plan::Expr at(Symbol symbol, std::int64_t constant = 0) {
  return {.constant = constant, .terms = {{.symbol = symbol}}};
}
plan::Expr two_msl(std::int64_t constant) {
  return {.constant = constant, .terms = {{.coefficient = 2, .symbol = Symbol::Msl}}};
}

class Builder {
 public:
  explicit Builder(std::uint32_t peer_iss) { plan.peer_iss = peer_iss; }

  void call(CallKind kind) {
    plan::Call call{.kind = kind, .octets = {}, .data = {}, .results = {tcp::CallStatus::Ok}};
    add(std::move(call));
  }
  void send(wire::Flags ctl, std::optional<plan::Expr> seq = {}, std::optional<plan::Expr> ack = {},
            bool lost = false) {
    plan::SegmentText segment{.ctl = ctl};
    segment.seq = std::move(seq);
    segment.ack = std::move(ack);
    plan::Send step{.sent = {std::move(segment)}, .arrive = {0}};
    if (lost) step.arrive.clear();
    add(std::move(step));
  }
  void expect(wire::Flags ctl, std::optional<plan::Expr> ack = {}) {
    plan::Expect expected;
    expected.segment.ctl = ctl;
    expected.segment.ack = std::move(ack);
    add(std::move(expected));
  }
  void wait(plan::Expr duration) { add(plan::Wait{std::move(duration)}); }
  void expect(std::initializer_list<State> states) {
    plan::ExpectState expected;
    for (const State state : states) expected.states.add(state);
    add(std::move(expected));
  }
  /// ESTABLISHED; no listener stays, so that CLOSED shows.
  void establish() {
    call(CallKind::Connect);
    expect(Flag::Syn);
    send(Flag::Syn | Flag::Ack);
    expect(Flag::Ack, at(Symbol::Irs, 1));
    expect({State::Established});
  }
  template <class Action>
  void add(Action action) {
    plan.steps.emplace_back().action = std::move(action);
  }

  plan::Plan plan{.role = plan::Role::Active,
                  .connections = {{.name = "a", .stack_port = 7, .peer_port = 40'000}}};
};

/// The peer's closing segments again and again, as a TCP sends them that gets no answer; some are
/// lost, some acknowledge nothing new because what the stack sent was lost.
void send_until_it_arrives(Builder& builder, wire::Flags ctl, const plan::Expr& seq) {
  for (int times = *rc::gen::inRange(0, 5); times > 0; --times) {
    const bool news_lost = *rc::gen::arbitrary<bool>();
    builder.send(ctl, seq, at(news_lost ? Symbol::SndUna : Symbol::SndNxt),
                 *rc::gen::arbitrary<bool>());
    builder.wait(number(*rc::gen::inRange<std::int64_t>(0, 3 * kSecond)));
  }
  builder.send(ctl, seq, at(Symbol::SndNxt));
}

/// A connection that both sides close, with losses on the way; its end is over at the plan's.
plan::Plan closed_with_losses() {
  Builder builder(*rc::gen::arbitrary<std::uint32_t>());
  builder.establish();
  const plan::Expr fin = at(Symbol::Irs, 1);
  const bool stack_first = *rc::gen::arbitrary<bool>();
  if (!stack_first) builder.send(Flag::Fin | Flag::Ack, fin);
  builder.call(CallKind::Close);
  if (stack_first) {
    send_until_it_arrives(builder, Flag::Fin | Flag::Ack, fin);
  }
  // What comes behind the FIN: one that comes again is outside the window, and so is its ACK.
  send_until_it_arrives(builder, Flag::Ack, at(Symbol::Irs, 2));
  builder.wait(two_msl(2 * kSecond));
  builder.expect({State::Closed});
  return builder.plan;
}

RC_GTEST_PROP(ClosingLaws, AClosedConnectionEndsWhateverIsLost, ()) {
  check_holds(closed_with_losses());
}

TEST(ClosingLaws, AClosedConnectionDoesNotEndWhereItsLastStateNeverDoes) {
  EXPECT_TRUE(fails_with("tw-forever", closed_with_losses));
  EXPECT_TRUE(fails_with("lastack-never-ends", closed_with_losses));
}

/// What arrives is neither a RST nor a SYN; each FIN that comes again starts the time anew.
plan::Plan disturbed_time_wait() {
  Builder builder(*rc::gen::arbitrary<std::uint32_t>());
  builder.establish();
  builder.call(CallKind::Close);
  builder.expect(Flag::Fin | Flag::Ack);
  const plan::Expr fin = at(Symbol::Irs, 1);
  builder.send(Flag::Fin | Flag::Ack, fin, at(Symbol::SndNxt));
  builder.expect(Flag::Ack, at(Symbol::Irs, 2));
  builder.expect({State::TimeWait});
  for (int times = *rc::gen::inRange(0, 4); times > 0; --times) {
    builder.wait(number(*rc::gen::inRange<std::int64_t>(0, 20 * kSecond)));
    builder.send(Flag::Ack, at(Symbol::RcvNxt, *rc::gen::inRange(-1000, 1)), at(Symbol::SndNxt));
    builder.wait(number(*rc::gen::inRange<std::int64_t>(0, 20 * kSecond)));
    builder.send(Flag::Fin | Flag::Ack, fin, at(Symbol::SndNxt));
    builder.expect(Flag::Ack, at(Symbol::Irs, 2));
  }
  builder.wait(two_msl(-kSecond));
  builder.expect({State::TimeWait});
  builder.wait(number(2 * kSecond));
  builder.expect({State::Closed});
  return builder.plan;
}

RC_GTEST_PROP(ClosingLaws, TimeWaitLastsTwoMslAfterTheLastFinWhateverArrives, ()) {
  check_holds(disturbed_time_wait());
}

TEST(ClosingLaws, TimeWaitDoesNotWhereItIsShortOrForeverOrNotRestartedOrMute) {
  EXPECT_TRUE(fails_with("tw-one-msl", disturbed_time_wait));
  EXPECT_TRUE(fails_with("tw-forever", disturbed_time_wait));
  EXPECT_TRUE(fails_with("tw-not-restarted", disturbed_time_wait));
  EXPECT_TRUE(fails_with("tw-fin-not-acked", disturbed_time_wait));
}

/// Of a SYN and a FIN one past their number, of text one past its last octet, wherever they lie.
plan::Plan acknowledged_syn_text_and_fin() {
  Builder builder(*rc::gen::arbitrary<std::uint32_t>());
  const auto expect_ack = [&builder](wire::Flags ctl, std::int64_t ack) {
    builder.expect(ctl, number(ack));
  };
  builder.plan.role = plan::Role::Passive;
  builder.call(CallKind::Listen);
  builder.send(Flag::Syn);
  expect_ack(Flag::Syn | Flag::Ack, 1);
  builder.send(Flag::Ack);
  const auto octets = *rc::gen::inRange<std::int64_t>(1, 1400);
  plan::SegmentText text{.ctl = Flag::Psh | Flag::Ack};
  text.psh_named = true;
  text.len = number(octets);
  builder.add(plan::Send{.sent = {std::move(text)}, .arrive = {0}});
  expect_ack(Flag::Ack, 1 + octets);
  builder.send(Flag::Fin | Flag::Ack);
  expect_ack(Flag::Ack, 2 + octets);
  return builder.plan;
}

RC_GTEST_PROP(NumberLaws, WhatIsAcknowledgedIsOnePastTheLastNumber, ()) {
  check_holds(acknowledged_syn_text_and_fin());
}

TEST(NumberLaws, ItIsNotWhereSynTextOrFinIsMiscounted) {
  EXPECT_TRUE(fails_with("syn-not-counted-in-ack", acknowledged_syn_text_and_fin));
  EXPECT_TRUE(fails_with("ack-one-behind", acknowledged_syn_text_and_fin));
  EXPECT_TRUE(fails_with("fin-not-consuming", acknowledged_syn_text_and_fin));
}

}  // namespace
}  // namespace tcprove::property
