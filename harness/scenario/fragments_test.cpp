#include "harness/scenario/fragments.hpp"

#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "harness/scenario/loader.hpp"
#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

constexpr const char* kEstablished =
    "passive:\n  - call: listen\n  - send: SYN seq=0\n  - expect: SYN,ACK seq=0 ack=1\n"
    "  - send: ACK seq=1 ack=1 options=<sack 5:9>\n";

plan::Plan plan_of(const TemporarySpecs& specs, const std::string& text) {
  const auto scenario = load_scenario(specs.write("s.yaml", text), {.specs_root = {}});
  if (!scenario) ADD_FAILURE() << base::to_string(scenario.error());
  return scenario ? scenario.value().plan(scenario.value().instances.front()) : plan::Plan{};
}

std::string mistakes_of(const TemporarySpecs& specs, const std::string& text) {
  const auto scenario = load_scenario(specs.write("s.yaml", text), {.specs_root = {}});
  return scenario ? "" : base::to_string(scenario.error());
}

TEST(Fragments, ArePlayedBeforeTheScenario) {
  const TemporarySpecs specs;
  specs.write("fragments/ESTABLISHED.yaml", kEstablished);
  specs.write("fragments/CLOSE-WAIT.yaml",
              "given: ESTABLISHED\npassive:\n  - send: FIN,ACK seq=1\n");
  const plan::Plan plan = plan_of(specs, "given: CLOSE-WAIT\nsteps:\n  - state: CLOSE-WAIT\n");
  ASSERT_EQ(plan.steps.size(), 6U);
  EXPECT_EQ(plan.steps[0].text, "call: listen");
  EXPECT_EQ(plan.steps[4].text, "send: FIN,ACK seq=1");
  EXPECT_EQ(plan.steps[4].line, 3);
  EXPECT_TRUE(plan.files.at(plan.steps[0].file).ends_with("fragments/ESTABLISHED.yaml"));
  EXPECT_TRUE(plan.files.at(plan.steps[4].file).ends_with("fragments/CLOSE-WAIT.yaml"));
  EXPECT_TRUE(plan.files.at(plan.steps[5].file).ends_with("s.yaml"));
  EXPECT_TRUE(plan.needs.has(tcp::Capability::PassiveOpen)) << "their steps imply needs too";
}

TEST(Fragments, CountAbsolutelyWhereTheScenarioDoes) {
  const TemporarySpecs specs;
  specs.write("fragments/ESTABLISHED.yaml", kEstablished);
  const plan::Plan plan = plan_of(specs,
                                  "given: ESTABLISHED\nnumbers: absolute\n"
                                  "iss: {stack: 0xffffffff, peer: 1000}\n"
                                  "steps:\n  - state: ESTABLISHED\n");
  const auto& expect = std::get<plan::Expect>(plan.steps.at(2).action);
  EXPECT_EQ(expect.segment.seq->constant, 0xffffffff);
  EXPECT_EQ(expect.segment.ack->constant, 1001);
  const auto& ack = std::get<plan::Send>(plan.steps.at(3).action).sent.at(0);
  EXPECT_EQ(ack.seq->constant, 1001);
  EXPECT_EQ(ack.ack->constant, 0) << "past the wrap";
  EXPECT_EQ(ack.options->at(0).sack.at(0).first.constant, 4);
}

TEST(Fragments, CountFromTheSymbolWhereTheStackChooses) {
  const TemporarySpecs specs;
  specs.write("fragments/ESTABLISHED.yaml", kEstablished);
  const plan::Plan plan = plan_of(specs,
                                  "given: ESTABLISHED\nnumbers: absolute\nsteps:\n"
                                  "  - state: ESTABLISHED\n");
  const auto& ack = std::get<plan::Send>(plan.steps.at(3).action).sent.at(0);
  EXPECT_EQ(plan::to_string(*ack.ack), "ISS+1");
  EXPECT_EQ(ack.seq->constant, 1'000'001);
}

TEST(Fragments, NestNoDeeperThanTheLimit) {
  const TemporarySpecs specs;
  specs.write("fragments/F1.yaml", "passive: []\n");
  for (std::size_t i = 2; i <= kGivenNestingMax + 1; ++i) {
    specs.write("fragments/F" + std::to_string(i) + ".yaml",
                "given: F" + std::to_string(i - 1) + "\npassive: []\n");
  }
  EXPECT_EQ(mistakes_of(specs, "given: F8\nsteps:\n  - state: CLOSED\n"), "");
  EXPECT_NE(mistakes_of(specs, "given: F9\nsteps:\n  - state: CLOSED\n")
                .find("given leads on at most 8 times"),
            std::string::npos);
}

TEST(Fragments, NestNoDeeperThanTheLimitWhenTheirBeginningIsKnown) {
  const TemporarySpecs specs;
  specs.write("fragments/F1.yaml", "passive: []\n");
  for (std::size_t i = 2; i <= kGivenNestingMax + 1; ++i) {
    specs.write("fragments/F" + std::to_string(i) + ".yaml",
                "given: F" + std::to_string(i - 1) + "\npassive: []\n");
  }
  Loader loader({.specs_root = {}});
  EXPECT_TRUE(loader.load(specs.write("a.yaml", "given: F8\nsteps:\n  - state: CLOSED\n")).ok());
  EXPECT_FALSE(loader.load(specs.write("b.yaml", "given: F9\nsteps:\n  - state: CLOSED\n")).ok());
}

TEST(Fragments, CountTowardsTheStepsOfTheScenario) {
  const TemporarySpecs specs;
  std::string steps = "passive:\n";
  for (std::size_t i = 1; i < kStepsMax; ++i) steps += "  - wait: 1s\n";
  specs.write("fragments/LONG.yaml", steps);
  EXPECT_EQ(mistakes_of(specs, "given: LONG\nsteps:\n  - state: CLOSED\n"), "");
  EXPECT_NE(mistakes_of(specs, "given: LONG\nsteps:\n  - state: CLOSED\n  - state: CLOSED\n")
                .find("at most 1000 steps"),
            std::string::npos);
}

TEST(Fragments, AreReportedOnceHoweverManyScenariosBeginWithThem) {
  const TemporarySpecs specs;
  specs.write("fragments/BROKEN.yaml", "passive:\n  - send: AKC\n");
  Loader loader({.specs_root = {}});
  const auto file = specs.write("a.yaml", "given: BROKEN\nsteps:\n  - state: CLOSED\n");
  const auto first = loader.load(file);
  const auto second = loader.load(file);
  ASSERT_FALSE(first.ok() || second.ok());
  EXPECT_EQ(first.error().size(), 1U);
  EXPECT_TRUE(second.error().empty());
}

}  // namespace
}  // namespace tcprove::scenario
