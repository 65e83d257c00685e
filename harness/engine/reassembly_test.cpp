#include "harness/engine/reassembly.hpp"

#include <gtest/gtest.h>

namespace tcprove::engine {
namespace {

using wire::SeqNum;

Reassembly from(std::uint32_t start) {
  Reassembly reassembly;
  reassembly.restart(SeqNum(start));
  return reassembly;
}

TEST(Reassembly, FollowsPiecesInOrder) {
  Reassembly r = from(100);
  r.add(SeqNum(100), 10);
  r.add(SeqNum(110), 5);
  EXPECT_EQ(r.next(), SeqNum(115));
}

TEST(Reassembly, StopsAtAGapUntilItIsFilled) {
  Reassembly r = from(100);
  r.add(SeqNum(110), 10);
  r.add(SeqNum(130), 10);
  EXPECT_EQ(r.next(), SeqNum(100));
  r.add(SeqNum(100), 10);
  EXPECT_EQ(r.next(), SeqNum(120));
  r.add(SeqNum(120), 10);
  EXPECT_EQ(r.next(), SeqNum(140));
}

TEST(Reassembly, JoinsPiecesThatCameInReverse) {
  Reassembly r = from(0);
  for (std::uint32_t seq = 90; seq >= 10; seq -= 10) r.add(SeqNum(seq), 10);
  r.add(SeqNum(0), 10);
  EXPECT_EQ(r.next(), SeqNum(100));
}

TEST(Reassembly, CountsOverlapsOnce) {
  Reassembly r = from(0);
  r.add(SeqNum(0), 10);
  r.add(SeqNum(5), 10);
  r.add(SeqNum(2), 3);
  EXPECT_EQ(r.next(), SeqNum(15));
}

TEST(Reassembly, GoesThroughTheWrap) {
  Reassembly r = from(0xfffffff8U);
  r.add(SeqNum(2), 4);
  r.add(SeqNum(0xfffffff8U), 10);
  EXPECT_EQ(r.next(), SeqNum(6));
}

TEST(Reassembly, TakesWhatLiesBehindForOld) {
  Reassembly r = from(1000);
  r.add(SeqNum(0), 500);
  EXPECT_EQ(r.next(), SeqNum(1000));
}

TEST(Reassembly, DoesNotGrowBeyondItsLimit) {
  Reassembly r = from(0);
  for (std::uint32_t i = 1; i <= 2 * Reassembly::kPiecesMax; ++i) r.add(SeqNum(2 * i), 1);
  r.add(SeqNum(0), 2 * Reassembly::kPiecesMax + 1);
  // The pieces kept end at 2 * kPiecesMax + 1; those past the limit were forgotten.
  EXPECT_EQ(r.next(), SeqNum(2 * Reassembly::kPiecesMax + 1));
}

}  // namespace
}  // namespace tcprove::engine
