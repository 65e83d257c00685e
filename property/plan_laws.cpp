#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/plan/plan_octets.hpp"
#include "harness/plan/shrink.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/scenario/plan_printer.hpp"
#include "property/arbitrary_plan.hpp"

namespace tcprove::plan {
namespace {

RC_GTEST_PROP(PlanLaws, AnyOctetsAreAPlanThatEncodesAgain, (const OctetVector& octets)) {
  const Plan plan = plan_of(octets);
  const auto encoded = octets_of(plan);
  RC_ASSERT(encoded.has_value());
  RC_ASSERT(plan_of(*encoded) == plan);
}

RC_GTEST_PROP(PlanLaws, AGeneratedPlanEncodesAgain, ()) {
  const Plan plan = plan_of(arbitrary_plan_octets());
  const auto encoded = octets_of(plan);
  RC_ASSERT(encoded.has_value());
  RC_ASSERT(plan_of(*encoded) == plan);
}

/// But for where its steps stand, and the one that any state meets.
RC_GTEST_PROP(PlanLaws, APrintedPlanIsReadAsTheSamePlan, ()) {
  const Plan plan = plan_of(arbitrary_plan_octets());
  const std::string text = scenario::to_yaml(plan, "A claim.");
  const auto read = scenario::Loader({.specs_root = {}}).read(text, "printed.yaml");
  if (!read) RC_FAIL(text + base::to_string(read.error()));
  Plan again = read.value().plan(read.value().instances.front());
  RC_ASSERT(again.steps.size() == plan.steps.size() + 1);
  again.steps.pop_back();
  RC_ASSERT(again.role == plan.role);
  RC_ASSERT(again.ip == plan.ip);
  RC_ASSERT(again.stack_iss == plan.stack_iss);
  RC_ASSERT(again.peer_iss == plan.peer_iss);
  RC_ASSERT(again.peer == plan.peer);
  RC_ASSERT(again.connections == plan.connections);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    RC_ASSERT(again.steps[i].action == plan.steps[i].action);
    RC_ASSERT(again.steps[i].connection == plan.steps[i].connection);
  }
}

/// What a failure might depend on: a step of a kind, anywhere.
RC_GTEST_PROP(PlanLaws, APlanThatShrinksStaysValidAndFails, ()) {
  const OctetVector octets = arbitrary_plan_octets();
  const Plan plan = plan_of(octets);
  if (plan.steps.empty()) return;
  const std::string culprit = plan.steps[*rc::gen::inRange<std::size_t>(0, plan.steps.size())].text;
  const auto fails = [&culprit](wire::Octets trial) {
    for (const Step& step : plan_of(trial).steps) {
      if (step.text == culprit) return true;
    }
    return false;
  };
  const OctetVector shrunk = shrink(octets, fails);
  RC_ASSERT(fails(shrunk));
  RC_ASSERT(plan_of(shrunk).steps.size() == 1U);
  RC_ASSERT(octets_of(plan_of(shrunk)).has_value());
}

}  // namespace
}  // namespace tcprove::plan
