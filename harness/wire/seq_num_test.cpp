#include "harness/wire/seq_num.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

constexpr SeqNum kLast{0xffffffff};
constexpr SeqNum kZero{0};

template <class T>
concept Ordered = requires(T a, T b) {
  a < b;
};

static_assert(!Ordered<SeqNum>, "a circle has no order");
static_assert(!std::is_convertible_v<std::uint32_t, SeqNum>, "a number is not yet a place");

TEST(SeqNum, StepsOverTheWrapBothWays) {
  EXPECT_EQ(kLast + 1, kZero);
  EXPECT_EQ(kZero - 1, kLast);
  SeqNum s = kLast;
  s += 3;
  EXPECT_EQ(s, SeqNum(2));
}

TEST(SeqNum, DistanceIsCountedForwardAlsoOverTheWrap) {
  EXPECT_EQ(distance(SeqNum(10), SeqNum(12)), 2U);
  EXPECT_EQ(distance(kLast, SeqNum(1)), 2U);
  EXPECT_EQ(distance(SeqNum(1), kZero), 0xffffffffU);
  EXPECT_EQ(distance(kLast, kLast), 0U);
}

TEST(AfterUpTo, ExcludesTheLeftAndIncludesTheRight) {
  EXPECT_FALSE(after_up_to(SeqNum(10), SeqNum(10), SeqNum(12)));
  EXPECT_TRUE(after_up_to(SeqNum(10), SeqNum(11), SeqNum(12)));
  EXPECT_TRUE(after_up_to(SeqNum(10), SeqNum(12), SeqNum(12)));
  EXPECT_FALSE(after_up_to(SeqNum(10), SeqNum(13), SeqNum(12)));
}

TEST(AfterUpTo, HoldsOnAnArcOverTheWrap) {
  EXPECT_TRUE(after_up_to(kLast, kZero, SeqNum(1)));
  EXPECT_TRUE(after_up_to(kLast - 1, kLast, kZero));
  EXPECT_FALSE(after_up_to(kLast, kLast, SeqNum(1)));
  EXPECT_FALSE(after_up_to(kLast, SeqNum(2), SeqNum(1)));
}

TEST(AfterUpTo, IsEmptyBetweenEqualEnds) {
  EXPECT_FALSE(after_up_to(kZero, kZero, kZero));
  EXPECT_FALSE(after_up_to(kZero, SeqNum(1), kZero));
  EXPECT_FALSE(after_up_to(kZero, kLast, kZero));
}

TEST(AfterUpTo, HoldsOnAnArcOfMoreThanHalfTheCircle) {
  EXPECT_TRUE(after_up_to(kZero, SeqNum(0x80000001), SeqNum(0xc0000000)));
}

TEST(SeqWindow, ContainsItsLeftEdgeAndNotItsRight) {
  constexpr SeqWindow window{.left = SeqNum(100), .size = 10};
  EXPECT_FALSE(window.contains(SeqNum(99)));
  EXPECT_TRUE(window.contains(SeqNum(100)));
  EXPECT_TRUE(window.contains(SeqNum(109)));
  EXPECT_FALSE(window.contains(SeqNum(110)));
  EXPECT_EQ(window.right(), SeqNum(110));
}

TEST(SeqWindow, ContainsNumbersPastTheWrap) {
  constexpr SeqWindow window{.left = kLast - 1, .size = 4};
  EXPECT_FALSE(window.contains(kLast - 2));
  EXPECT_TRUE(window.contains(kLast - 1));
  EXPECT_TRUE(window.contains(kLast));
  EXPECT_TRUE(window.contains(kZero));
  EXPECT_TRUE(window.contains(SeqNum(1)));
  EXPECT_FALSE(window.contains(SeqNum(2)));
  EXPECT_EQ(window.right(), SeqNum(2));
}

TEST(SeqWindow, OfSizeZeroContainsNothing) {
  EXPECT_FALSE((SeqWindow{.left = kZero, .size = 0}.contains(kZero)));
  EXPECT_FALSE((SeqWindow{.left = kZero, .size = 0}.contains(kLast)));
}

TEST(SeqWindow, OfTheLargestSizeLacksOneNumberOnly) {
  constexpr SeqWindow window{.left = SeqNum(5), .size = 0xffffffff};
  EXPECT_TRUE(window.contains(SeqNum(5)));
  EXPECT_TRUE(window.contains(SeqNum(3)));
  EXPECT_FALSE(window.contains(SeqNum(4)));
}

}  // namespace
}  // namespace tcprove::wire
