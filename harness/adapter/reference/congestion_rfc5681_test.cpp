#include "harness/adapter/reference/congestion_rfc5681.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter::reference {
namespace {

using wire::SeqNum;

CongestionControl begun(wire::SeqLen smss) {
  CongestionControl control;
  control.begin(smss, false, SeqNum(0));
  return control;
}

TEST(InitialWindow, IsTwoThreeOrFourSegments) {
  EXPECT_EQ(begun(2191).cwnd(), 2U * 2191);
  EXPECT_EQ(begun(2190).cwnd(), 3U * 2190);
  EXPECT_EQ(begun(1096).cwnd(), 3U * 1096);
  EXPECT_EQ(begun(1095).cwnd(), 4U * 1095);
}

TEST(SlowStartWindow, GrowsByWhatIsAcknowledgedButAtMostASegment) {
  CongestionControl control = begun(1000);
  control.on_new_ack(100, SeqNum(101), SeqNum(4001));
  EXPECT_EQ(control.cwnd(), 4100U);
  control.on_new_ack(3000, SeqNum(3101), SeqNum(4001));
  EXPECT_EQ(control.cwnd(), 5100U);
}

TEST(CongestionAvoidance, GrowsByASegmentForEachWindow) {
  CongestionControl control = begun(1000);
  control.on_timeout(SeqNum(1), SeqNum(8001), true);
  EXPECT_EQ(control.ssthresh(), 4000U);
  EXPECT_EQ(control.cwnd(), 1000U);
  for (int i = 0; i < 3; ++i) control.on_new_ack(1000, SeqNum(8001), SeqNum(9001));
  EXPECT_EQ(control.cwnd(), 4000U);
  for (int i = 0; i < 3; ++i) control.on_new_ack(1000, SeqNum(8001), SeqNum(9001));
  EXPECT_EQ(control.cwnd(), 4000U);
  control.on_new_ack(1000, SeqNum(8001), SeqNum(9001));
  EXPECT_EQ(control.cwnd(), 5000U);
}

TEST(Timeout, KeepsSsthreshWhenTheSameSegmentTimesOutAgain) {
  CongestionControl control = begun(1000);
  control.on_timeout(SeqNum(1), SeqNum(20001), true);
  control.on_timeout(SeqNum(1), SeqNum(1001), false);
  EXPECT_EQ(control.ssthresh(), 10000U);
}

TEST(DuplicateAcks, LetLimitedTransmitSendTwoSegments) {
  CongestionControl control = begun(1000);
  EXPECT_FALSE(control.on_duplicate_ack(SeqNum(1), SeqNum(4001)));
  EXPECT_EQ(control.allowance(), 5000U);
  EXPECT_FALSE(control.on_duplicate_ack(SeqNum(1), SeqNum(5001)));
  EXPECT_EQ(control.allowance(), 6000U);
  EXPECT_EQ(control.cwnd(), 4000U);
}

TEST(DuplicateAcks, HalveTheFlightOfBeforeThem) {
  CongestionControl control = begun(1000);
  control.on_duplicate_ack(SeqNum(1), SeqNum(8001));
  control.on_duplicate_ack(SeqNum(1), SeqNum(9001));
  EXPECT_TRUE(control.on_duplicate_ack(SeqNum(1), SeqNum(10001)));
  EXPECT_EQ(control.ssthresh(), 4000U);
  EXPECT_EQ(control.cwnd(), 7000U);
  EXPECT_FALSE(control.on_duplicate_ack(SeqNum(1), SeqNum(10001)));
  EXPECT_EQ(control.cwnd(), 8000U);
}

TEST(DuplicateAcks, BelowRecoverStartNothing) {
  CongestionControl control = begun(1000);
  control.on_timeout(SeqNum(1), SeqNum(8001), true);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(control.on_duplicate_ack(SeqNum(4001), SeqNum(8001)));
  EXPECT_FALSE(control.recovering());
}

TEST(Recovery, GoesOnOverPartialAcksAndEndsWithAFullOne) {
  CongestionControl control = begun(1000);
  for (int i = 0; i < 3; ++i) control.on_duplicate_ack(SeqNum(1), SeqNum(8001));
  EXPECT_TRUE(control.on_new_ack(3000, SeqNum(3001), SeqNum(8001)));
  EXPECT_EQ(control.cwnd(), 7000U - 3000 + 1000);
  EXPECT_FALSE(control.on_new_ack(5000, SeqNum(8001), SeqNum(8001)));
  EXPECT_FALSE(control.recovering());
  EXPECT_EQ(control.cwnd(), 2000U);
}

}  // namespace
}  // namespace tcprove::adapter::reference
