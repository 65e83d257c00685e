#include "harness/adapter/registry.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tcprove::adapter {
namespace {

TEST(Registry, ListsItsTargetsByNameWithoutRepetition) {
  EXPECT_EQ(std::ranges::adjacent_find(targets(), std::ranges::greater_equal{}, &Target::name),
            targets().end());
}

TEST(Registry, MakesEveryTargetUnderItsOwnName) {
  for (const Target& target : targets()) {
    auto made = make_adapter(target.name);
    ASSERT_TRUE(made.ok()) << target.name;
    EXPECT_EQ(made.value()->profile().name, target.name);
    EXPECT_FALSE(target.summary.empty()) << target.name;
  }
}

TEST(Registry, SuggestsTheNearestNameForAnUnknownOne) {
  for (const Target& target : targets()) {
    const std::string known(target.name);
    const auto made = make_adapter(known + "x");
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(
        base::to_string(made.error()),
        fmt::format("--target: error: unknown target \"{0}x\"; did you mean \"{0}\"?\n", known));
  }
}

TEST(Registry, MakesEveryFaultOfATargetUnderItsName) {
  for (const Target& target : targets()) {
    for (const NamedFault& fault : target.faults) {
      const std::string name = fmt::format("{}:fault={}", target.name, fault.name);
      auto made = make_adapter(name);
      ASSERT_TRUE(made.ok()) << name;
      EXPECT_EQ(made.value()->profile().name, name);
    }
  }
}

TEST(Registry, SuggestsTheNearestFault) {
  const auto made = make_adapter("reference:fault=no-time-wit");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(base::to_string(made.error()),
            "--target: error: unknown fault of reference \"no-time-wit\"; did you mean "
            "\"no-time-wait\"?\n");
}

std::string error_of(std::string_view target) {
  const auto made = make_adapter(target);
  return made.ok() ? "" : base::to_string(made.error());
}

TEST(Registry, MakesEveryFaultOnTheWireOfEveryTarget) {
  for (const Target& target : targets()) {
    const tcp::Capabilities own = target.make()->profile().capabilities;
    for (const NamedFault& fault : wire_faults()) {
      const std::string name = fmt::format("fault={},{}", fault.name, target.name);
      auto made = make_adapter(name);
      ASSERT_TRUE(made.ok()) << name;
      EXPECT_EQ(made.value()->profile().name, name);
      EXPECT_TRUE(made.value()->profile().capabilities == own) << name;
    }
  }
}

TEST(Registry, NamesEachFaultOnce) {
  std::set<std::string_view> names;
  for (const NamedFault& fault : wire_faults()) {
    EXPECT_TRUE(names.insert(fault.name).second) << fault.name;
  }
  for (const Target& target : targets()) {
    for (const NamedFault& fault : target.faults) {
      EXPECT_TRUE(names.insert(fault.name).second) << fault.name;
    }
  }
  EXPECT_FALSE(names.contains("all"));
}

TEST(Registry, SuggestsTheNearestFaultOnTheWire) {
  EXPECT_EQ(error_of("fault=ack-one-ahed,reference"),
            "--target: error: unknown fault on the wire \"ack-one-ahed\"; did you mean "
            "\"ack-one-ahead\"?\n");
  EXPECT_EQ(error_of("reference:fault=ack-one-ahead"),
            "--target: error: unknown fault of reference \"ack-one-ahead\"; did you mean "
            "\"fault=ack-one-ahead,reference\"?\n");
  EXPECT_EQ(error_of("fault=ack-one-ahead"),
            "--target: error: \"fault=ack-one-ahead\" names no stack; did you mean "
            "\"fault=ack-one-ahead,reference\"?\n");
  EXPECT_EQ(error_of("fault=ack-one-ahead,referenc"),
            "--target: error: unknown target \"referenc\"; did you mean \"reference\"?\n");
  EXPECT_EQ(error_of("fault=,reference"), "--target: error: unknown fault on the wire \"\"\n");
}

TEST(Registry, TakesOneFaultAtATime) {
  for (const char* two :
       {"fault=ack-one-ahead,fault=ack-one-behind,reference", "reference:fault=no-paws,no-nagle",
        "fault=ack-one-ahead,reference:fault=no-paws", "reference:fault=no-paws:fault=no-nagle"}) {
    EXPECT_EQ(error_of(two), "--target: error: a target makes one mistake at a time\n") << two;
  }
}

TEST(Registry, TakesAllFaultsForManyTargets) {
  for (const char* all : {"reference:fault=all", "fault=all,reference"}) {
    EXPECT_EQ(error_of(all),
              "--target: error: fault=all stands for many targets: only `tcprove run` plays "
              "them\n");
    const auto every = every_fault(all);
    ASSERT_TRUE(every) << all;
    EXPECT_EQ(every->correct, "reference");
    ASSERT_EQ(every->targets.size(), every->faults.size());
    for (const std::string& target : every->targets) EXPECT_EQ(error_of(target), "") << target;
  }
  for (const char* not_all : {"reference", "fault=all,none", "none:fault=all", "fault=all",
                              "reference:fault=no-paws", "fault=all,reference:fault=all"}) {
    EXPECT_FALSE(every_fault(not_all)) << not_all;
  }
}

TEST(Registry, SuggestsNothingForANameThatNoneIsNear) {
  const auto made = make_adapter("somethingelseentirely");
  ASSERT_FALSE(made.ok());
  EXPECT_TRUE(made.error().front().suggestion.empty());
}

}  // namespace
}  // namespace tcprove::adapter
