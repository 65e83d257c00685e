#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "harness/scenario/blueprint.hpp"
#include "harness/scenario/call_parser.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/scenario/reorder_parser.hpp"

namespace tcprove::scenario {
namespace {

// Each limit of specs/README.md: what reaches it is read, what exceeds it gets a message.

base::Result<Scenario> read(const std::string& text) {
  return Loader({.specs_root = {}}).read(text, "test.yaml");
}

/// All messages; empty where there is no mistake.
std::string mistakes(const std::string& text) {
  const base::Result<Scenario> scenario = read(text);
  std::string all;
  if (!scenario) {
    for (const base::Diagnostic& d : scenario.error()) all += d.message + "\n";
  }
  return all;
}

/// `part` so many times, with commas between.
std::string list(std::size_t count, const std::string& part) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + part;
  return text;
}

/// 0 to count-1, with commas between.
std::string numbers(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + std::to_string(i);
  return text;
}

TEST(Limits, OfSteps) {
  std::string steps = "steps:\n";
  for (std::size_t i = 0; i < kStepsMax; ++i) steps += "  - state: CLOSED\n";
  EXPECT_EQ(mistakes(steps), "");
  EXPECT_EQ(mistakes(steps + "  - state: CLOSED\n"),
            "a scenario has at most 1000 steps, not 1001\n");
}

TEST(Limits, OfInstances) {
  const auto scenario = [](std::size_t values) {
    return "ip: 4\nwith: {a: [" + numbers(values) + "], b: [" + numbers(10) +
           "]}\nsteps:\n  - expect: ACK seq=${a}+${b}\n";
  };
  EXPECT_EQ(mistakes(scenario(1000)), "");
  EXPECT_EQ(read(scenario(1000)).value().instances.size(), kInstancesMax);
  const std::string third = "with: {a: [" + numbers(101) + "], b: [" + numbers(100) +
                            "]}\nip: 4\nsteps:\n  - expect: ACK seq=${a}+${b}\n";
  EXPECT_EQ(mistakes(third), "these values combine to more than 10000 instances\n");
}

TEST(Limits, OfInstancesCountRolesAndIpVersions) {
  const std::string scenario = "role: [passive, active]\nwith: {a: [" + numbers(51) + "], b: [" +
                               numbers(50) + "]}\nsteps:\n  - expect: ACK seq=${a}+${b}\n";
  EXPECT_EQ(mistakes(scenario), "these values combine to more than 10000 instances\n");
}

TEST(Limits, OfTheValuesOfAVariable) {
  EXPECT_EQ(mistakes("with: {a: [" + numbers(kVariableValuesMax + 1) +
                     "]}\nsteps:\n  - expect: ACK seq=${a}\n"),
            "a variable has at most 1000 values, not 1001\n");
  const std::string longest(kVariableValueOctetsMax, '1');
  EXPECT_EQ(mistakes("with: {a: [\"" + longest +
                     "1\"]}\nsteps:\n  - call: send \"${a}\"\n"
                     "  - state: CLOSED\n"),
            "a value is one line of at most 200 octets\n");
  EXPECT_EQ(mistakes("with: {a: [\"" + longest +
                     "\"]}\nsteps:\n  - call: send \"${a}\"\n"
                     "  - state: CLOSED\n"),
            "");
}

TEST(Limits, OfVariables) {
  std::string with = "with: {a: [1], b: [1], c: [1], d: [1], e: [1], f: [1], g: [1], h: [1]";
  const std::string steps = "steps:\n  - expect: ACK seq=${a}+${b}+${c}+${d}+${e}+${f}+${g}+${h}\n";
  EXPECT_EQ(mistakes(with + "}\n" + steps), "");
  EXPECT_EQ(mistakes(with + ", i: [1]}\n" + steps), "a scenario has at most 8 variables, not 9\n");
}

TEST(Limits, OfTheOctetsOfACall) {
  EXPECT_EQ(mistakes("steps:\n  - receive: 1048576\n"), "");
  EXPECT_EQ(mistakes("steps:\n  - receive: 1048577\n"),
            "the number of octets is from 0 to 1048576\n");
}

TEST(Limits, OfConnections) {
  std::string connections = "connections:\n";
  for (std::size_t i = 0; i < kConnectionsMax; ++i) {
    connections += "  c" + std::to_string(i) + ":\n";
  }
  const std::string steps = "steps:\n  - expect: ACK\n";
  EXPECT_EQ(mistakes(connections + steps), "");
  EXPECT_EQ(mistakes(connections + "  one-more:\n" + steps),
            "a scenario has from 1 to 64 connections, not 65\n");
}

TEST(Limits, OfReorderedSegmentsAndArrivals) {
  const auto scenario = [](std::size_t sent, std::size_t arrivals) {
    return "steps:\n  - reorder: {sent: [" + list(sent, "ACK len=1") + "], arrive: [" +
           list(arrivals, "1") + "]}\n  - expect: ACK\n";
  };
  EXPECT_EQ(mistakes(scenario(kReorderedSegmentsMax, kArrivalsMax)), "");
  EXPECT_EQ(mistakes(scenario(kReorderedSegmentsMax + 1, 1)),
            "sent is a list of 1 to 64 segments\n");
  EXPECT_EQ(mistakes(scenario(1, kArrivalsMax + 1)), "arrive is a list of at most 128 numbers\n");
}

TEST(Limits, HoldTheMessagesTogether) {
  std::string steps = "steps:\n";
  for (int i = 0; i < 200; ++i) steps += "  - send: BAD\n";
  const base::Result<Scenario> scenario = read(steps);
  ASSERT_FALSE(scenario.ok());
  EXPECT_EQ(scenario.error().size(), Problems::kKeptMax + 1);
  EXPECT_EQ(scenario.error().back().message, "150 more errors are not shown");
}

TEST(Limits, OfInstancesAndStepsTogetherNeedLittleMemory) {
  // 10,000 plans of 1,000 steps would take tens of gigabytes.
  std::string text = "ip: 4\nwith: {a: [" + numbers(1000) + "], b: [" + numbers(10) +
                     "]}\nsteps:\n  - expect: ACK seq=${a}+${b}\n";
  for (std::size_t i = 1; i < kStepsMax; ++i) text += "  - send: ACK seq=1 ack=1 len=1000\n";
  const base::Result<Scenario> scenario = read(text);
  ASSERT_TRUE(scenario.ok());
  const Scenario& loaded = scenario.value();
  ASSERT_EQ(loaded.instances.size(), kInstancesMax);
  EXPECT_EQ(loaded.plan(loaded.instances.back()).steps.size(), kStepsMax);
  EXPECT_EQ(loaded.plan(loaded.instances.back()).steps[0].text, "expect: ACK seq=999+9");
}

}  // namespace
}  // namespace tcprove::scenario
