#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/wire/seq_num.hpp"
#include "property/arbitrary_wire.hpp"

namespace tcprove::wire {
namespace {

RC_GTEST_PROP(SeqNumLaws, DistanceAndPlusUndoEachOther, (SeqNum a, SeqNum b, SeqLen n)) {
  RC_ASSERT(distance(a, a + n) == n);
  RC_ASSERT(a + distance(a, b) == b);
}

RC_GTEST_PROP(SeqNumLaws, PlusAndMinusUndoEachOther, (SeqNum s, SeqLen n)) {
  RC_ASSERT(s + n - n == s);
  RC_ASSERT(s - n + n == s);
}

RC_GTEST_PROP(SeqNumLaws, DistancesAddUpAroundTheCircle, (SeqNum a, SeqNum b, SeqNum c)) {
  RC_ASSERT(distance(a, b) + distance(b, c) == distance(a, c));
  RC_ASSERT(distance(a, b) + distance(b, a) == 0U);
}

RC_GTEST_PROP(SeqNumLaws, AnArcMovesWithItsEnds, (SeqNum l, SeqNum s, SeqNum r, SeqLen by)) {
  RC_ASSERT(after_up_to(l + by, s + by, r + by) == after_up_to(l, s, r));
}

RC_GTEST_PROP(SeqNumLaws, AfterUpToIsTheWindowOneFurther, (SeqNum l, SeqNum s, SeqNum r)) {
  const SeqWindow window{.left = l + 1, .size = distance(l, r)};
  RC_ASSERT(after_up_to(l, s, r) == window.contains(s));
}

RC_GTEST_PROP(SeqNumLaws, ThreeNumbersLieInOneOfTwoOrdersAroundTheCircle,
              (SeqNum a, SeqNum b, SeqNum c)) {
  RC_PRE(a != b && b != c && a != c);
  RC_ASSERT(after_up_to(a, b, c) != after_up_to(a, c, b));
}

RC_GTEST_PROP(SeqNumLaws, AnArcCountsAsOrdinaryNumbersDoWhereNothingWraps, (SeqNum origin)) {
  // 64-bit offsets from any origin, so that the expected order needs no circle.
  const auto offset = rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 32);
  const std::int64_t left = *offset;
  const std::int64_t s = *offset;
  const std::int64_t right = *rc::gen::inRange<std::int64_t>(left, std::int64_t{1} << 32);
  const auto at = [origin](std::int64_t n) { return origin + static_cast<SeqLen>(n); };
  RC_ASSERT(after_up_to(at(left), at(s), at(right)) == (left < s && s <= right));
}

RC_GTEST_PROP(SeqWindowLaws, MembershipMovesWithTheWindow,
              (SeqNum left, SeqLen size, SeqNum s, SeqLen by)) {
  const SeqWindow here{.left = left, .size = size};
  const SeqWindow there{.left = left + by, .size = size};
  RC_ASSERT(there.contains(s + by) == here.contains(s));
}

RC_GTEST_PROP(SeqWindowLaws, AWindowAndTheRestShareNothingAndLackNothing,
              (SeqNum left, SeqLen size, SeqNum s)) {
  RC_PRE(size > 0U);
  const SeqWindow window{.left = left, .size = size};
  const SeqWindow rest{.left = window.right(), .size = 0U - size};
  RC_ASSERT(window.contains(s) != rest.contains(s));
}

RC_GTEST_PROP(SeqWindowLaws, EveryStepShortOfTheSizeStaysInside, (SeqNum left)) {
  const SeqLen size = *rc::gen::nonZero<SeqLen>();
  const SeqLen step = *rc::gen::inRange<SeqLen>(0, size);
  const SeqWindow window{.left = left, .size = size};
  RC_ASSERT(window.contains(left + step));
  RC_ASSERT(!window.contains(window.right()));
}

}  // namespace
}  // namespace tcprove::wire
