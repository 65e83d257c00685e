#include "harness/monitor/arrived_numbers.hpp"

#include <gtest/gtest.h>

namespace tcprove::monitor {
namespace {

using wire::SeqNum;

constexpr SeqNum kStart{0xffff'fff0};

ArrivedNumbers fresh() {
  ArrivedNumbers numbers;
  numbers.restart(kStart);
  return numbers;
}

TEST(ArrivedNumbers, InOrderOnesMoveNextPastTheWrap) {
  ArrivedNumbers numbers = fresh();
  numbers.add(kStart, kStart + 100);
  EXPECT_EQ(numbers.next(), kStart + 100);
}

TEST(ArrivedNumbers, OldOnesChangeNothing) {
  ArrivedNumbers numbers = fresh();
  numbers.add(kStart - 50, kStart);
  EXPECT_EQ(numbers.next(), kStart);
  numbers.add(kStart - 50, kStart + 1);
  EXPECT_EQ(numbers.next(), kStart + 1);
}

TEST(ArrivedNumbers, AFilledGapTakesWhatLiesBeyond) {
  ArrivedNumbers numbers = fresh();
  numbers.add(kStart + 20, kStart + 30);
  numbers.add(kStart + 40, kStart + 50);
  numbers.add(kStart + 30, kStart + 40);
  EXPECT_EQ(numbers.next(), kStart);
  numbers.add(kStart, kStart + 25);
  EXPECT_EQ(numbers.next(), kStart + 50);
}

TEST(ArrivedNumbers, AGapThatStaysHoldsNextBack) {
  ArrivedNumbers numbers = fresh();
  numbers.add(kStart + 40, kStart + 50);
  numbers.add(kStart + 20, kStart + 30);
  numbers.add(kStart, kStart + 20);
  EXPECT_EQ(numbers.next(), kStart + 30);
}

TEST(ArrivedNumbers, TouchesWhatOverlapsAndNotWhatAdjoins) {
  ArrivedNumbers numbers = fresh();
  numbers.add(kStart + 20, kStart + 30);
  EXPECT_FALSE(numbers.touches(kStart, kStart + 20));
  EXPECT_FALSE(numbers.touches(kStart + 30, kStart + 40));
  EXPECT_TRUE(numbers.touches(kStart + 29, kStart + 40));
  EXPECT_TRUE(numbers.touches(kStart - 1, kStart + 1));
}

TEST(ArrivedNumbers, PastTheLimitNeverHoldLessThanWasAdded) {
  ArrivedNumbers numbers = fresh();
  const wire::SeqLen count = ArrivedNumbers::kArcsMax + 20;
  for (wire::SeqLen i = 1; i <= count; ++i) numbers.add(kStart + 10 * i, kStart + 10 * i + 1);
  for (wire::SeqLen i = 1; i <= count; ++i) {
    EXPECT_TRUE(numbers.touches(kStart + 10 * i, kStart + 10 * i + 1)) << i;
  }
  numbers.add(kStart, kStart + 10 * count);
  EXPECT_EQ(numbers.next(), kStart + 10 * count + 1);
}

TEST(ArrivedNumbers, HoldAnArcOnlyWhereAllOfItArrived) {
  ArrivedNumbers arrived;
  arrived.restart(wire::SeqNum(0xffff'fff0));
  arrived.add(wire::SeqNum(0), wire::SeqNum(10));
  EXPECT_TRUE(arrived.holds(wire::SeqNum(0), wire::SeqNum(10)));
  EXPECT_FALSE(arrived.holds(wire::SeqNum(0), wire::SeqNum(11)));
  EXPECT_FALSE(arrived.holds(wire::SeqNum(0xffff'ffff), wire::SeqNum(1)));
  EXPECT_TRUE(arrived.holds(wire::SeqNum(0xffff'ff00), wire::SeqNum(0xffff'fff0)));
}

}  // namespace
}  // namespace tcprove::monitor
