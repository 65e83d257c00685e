#include "harness/cli/choices.hpp"

#include <gtest/gtest.h>

namespace tcprove::cli {
namespace {

using wire::Flag;
using Words = std::vector<std::string>;

plan::Expect expect(wire::Flags ctl, std::string text = {}) {
  plan::Expect expect;
  expect.segment.ctl = ctl;
  expect.segment.text = std::move(text);
  return expect;
}

/// A step that leaves a choice of `alternatives`, and one that leaves one of states.
plan::Plan plan_with(std::vector<std::variant<plan::Expect, plan::ExpectNothing>> alternatives) {
  plan::Plan plan;
  plan.steps.emplace_back().action = plan::OneOf{std::move(alternatives)};
  plan.steps.emplace_back().action = plan::ExpectState{};
  return plan;
}

TEST(Choices, AreToldAsTheAuthorWroteThemOrByTheirControlBits) {
  const plan::Plan plan = plan_with(
      {expect(Flag::Ack, "ACK seq=1"), expect(Flag::Rst | Flag::Ack), plan::ExpectNothing{}});
  EXPECT_EQ(choices_of(plan, {.choices = {{.step = 0, .taken = 0}}}), Words{"ACK seq=1"});
  EXPECT_EQ(choices_of(plan, {.choices = {{.step = 0, .taken = 1}}}), Words{"RST,ACK"});
  EXPECT_EQ(choices_of(plan, {.choices = {{.step = 0, .taken = 2}}}), Words{"nothing"});
  const auto closed = static_cast<std::uint8_t>(tcp::State::Closed);
  EXPECT_EQ(choices_of(plan, {.choices = {{.step = 1, .taken = closed}}}), Words{"state: CLOSED"});
}

TEST(Choices, AreNoneWhereTheAlternativesReadTheSame) {
  const plan::Plan plan = plan_with({expect(Flag::Ack), expect(Flag::Ack)});
  EXPECT_EQ(choices_of(plan, {.choices = {{.step = 0, .taken = 1}}}), Words{});
}

TEST(Choices, OfAWorkerThatItsStackHasOverwrittenAreNone) {
  const plan::Plan plan = plan_with({expect(Flag::Ack), expect(Flag::Rst)});
  for (const engine::Choice wild :
       {engine::Choice{.step = 9, .taken = 0}, engine::Choice{.step = 0, .taken = 200},
        engine::Choice{.step = 1, .taken = 200}}) {
    EXPECT_EQ(choices_of(plan, {.choices = {wild}}), Words{});
  }
}

}  // namespace
}  // namespace tcprove::cli
