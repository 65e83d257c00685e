#include "harness/adapter/registry.hpp"

#include <algorithm>

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

TEST(Registry, SuggestsNothingForANameThatNoneIsNear) {
  const auto made = make_adapter("somethingelseentirely");
  ASSERT_FALSE(made.ok());
  EXPECT_TRUE(made.error().front().suggestion.empty());
}

}  // namespace
}  // namespace tcprove::adapter
