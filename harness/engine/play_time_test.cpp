#include "harness/engine/play_time.hpp"

#include <gtest/gtest.h>

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kSecond = 1'000'000'000;

plan::Plan plan_with(std::vector<plan::Step> steps) {
  plan::Plan plan;
  plan.steps = std::move(steps);
  return plan;
}

plan::Expect within(std::int64_t from, std::int64_t to) {
  return {.segment = {}, .within = plan::Within{.from = {from}, .to = {to}}};
}

TEST(TimeOfAPlay, IsTheSumOfWhatTheStepsTake) {
  const plan::Plan plan = plan_with({{.action = plan::Wait{{3 * kSecond}}},
                                     {.action = within(kSecond, 5 * kSecond)},
                                     {.action = plan::ExpectNothing{{2 * kSecond}}}});
  const PlayTime time = time_of(plan, {});
  EXPECT_EQ(time.least, 6s);
  EXPECT_EQ(time.most, 10s);
}

TEST(TimeOfAPlay, KnowsTheTimesOfTheProfile) {
  const plan::Expr two_msl{.terms = {{.coefficient = 2, .symbol = plan::Symbol::Msl}}};
  EXPECT_EQ(time_of(plan_with({{.action = plan::Wait{two_msl}}}), {.msl = 30s}).least, 60s);
}

TEST(TimeOfAPlay, OfAlternativesGoesFromTheShortestToTheLongest) {
  const plan::OneOf one_of{{within(kSecond, 9 * kSecond), plan::ExpectNothing{{3 * kSecond}}}};
  const PlayTime time = time_of(plan_with({{.action = one_of}}), {});
  EXPECT_EQ(time.least, 1s);
  EXPECT_EQ(time.most, 9s);
}

}  // namespace
}  // namespace tcprove::engine
