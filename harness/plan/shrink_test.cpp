#include "harness/plan/shrink.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"

namespace tcprove::plan {
namespace {

/// Whether the plan closes and, later, sends a FIN.
bool closes_before_a_fin(wire::Octets octets) {
  bool closed = false;
  for (const Step& step : plan_of(octets).steps) {
    closed = closed || step.text == "call: close";
    if (closed && step.text.find("FIN") != std::string::npos) return true;
  }
  return false;
}

TEST(Shrink, LeavesTheStepsThatFailAndTheirPlainestFields) {
  std::mt19937 engine(1);
  int shrunk = 0;
  for (int i = 0; i < 50; ++i) {
    std::vector<std::uint8_t> octets(600);
    for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(engine());
    if (!closes_before_a_fin(octets)) continue;
    ++shrunk;
    const Plan plan = plan_of(shrink(octets, closes_before_a_fin));
    ASSERT_EQ(plan.steps.size(), 2U);
    EXPECT_EQ(plan.steps[0].text, "call: close");
    EXPECT_EQ(plan.steps[1].text, "send: FIN,ACK");
  }
  EXPECT_GT(shrunk, 10);
}

TEST(Shrink, TriesNoMorePlansThanTheLimit) {
  int trials = 0;
  const std::vector<std::uint8_t> octets(kHeaderOctets + kStepsMax * kStepOctets, 0xff);
  shrink(octets, [&trials](wire::Octets) { return ++trials < 0; });
  EXPECT_LE(trials, kTrialsMax);
}

}  // namespace
}  // namespace tcprove::plan
