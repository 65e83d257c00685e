#include "harness/wire/option_padding.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

bool is_zero(const std::vector<std::uint8_t>& options) { return padding_is_zero(options); }

TEST(OptionPadding, IsWhatStandsBehindTheEndOfTheList) {
  EXPECT_TRUE(is_zero({}));
  EXPECT_TRUE(is_zero({2, 4, 1, 1, 0, 0, 0, 0}));
  EXPECT_FALSE(is_zero({2, 4, 1, 1, 0, 0, 0, 1}));
  EXPECT_FALSE(is_zero({1, 0, 1, 0}));
}

TEST(OptionPadding, IsNothingThatAnOptionHolds) {
  EXPECT_TRUE(is_zero({2, 4, 0, 1}));
  EXPECT_TRUE(is_zero({1, 1, 1, 1}));
}

TEST(OptionPadding, IsNotLookedForBehindAMalformedOption) {
  EXPECT_TRUE(is_zero({254, 1, 0, 1}));
  EXPECT_TRUE(is_zero({254}));
  EXPECT_TRUE(is_zero({254, 99, 0, 1}));
}

}  // namespace
}  // namespace tcprove::wire
