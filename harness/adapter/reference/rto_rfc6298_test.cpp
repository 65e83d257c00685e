#include "harness/adapter/reference/rto_rfc6298.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter::reference {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RetransmissionTimeout, BeginsWithOneSecond) {
  EXPECT_EQ(RetransmissionTimeout().current(), seconds(1));
}

TEST(RetransmissionTimeout, IsThreeTimesTheFirstSample) {
  RetransmissionTimeout rto;
  rto.sample(milliseconds(800));
  EXPECT_EQ(rto.current(), milliseconds(2400));  // SRTT + 4 * RTTVAR, RTTVAR = R/2.
}

TEST(RetransmissionTimeout, SmoothsLaterSamplesByTheOldSrtt) {
  RetransmissionTimeout rto;
  rto.sample(milliseconds(800));
  rto.sample(milliseconds(1600));
  // RTTVAR = 3/4 * 400 + 1/4 * 800 = 500; SRTT = 7/8 * 800 + 1/8 * 1600 = 900.
  EXPECT_EQ(rto.current(), milliseconds(2900));
}

TEST(RetransmissionTimeout, IsNeverUnderASecond) {
  RetransmissionTimeout rto;
  rto.sample(milliseconds(3));
  EXPECT_EQ(rto.current(), seconds(1));
}

TEST(RetransmissionTimeout, DoublesUpToAMinuteUntilTheNextSample) {
  RetransmissionTimeout rto;
  rto.back_off();
  EXPECT_EQ(rto.current(), seconds(2));
  for (int i = 0; i < 10; ++i) rto.back_off();
  EXPECT_EQ(rto.current(), seconds(60));
  rto.sample(milliseconds(500));
  EXPECT_EQ(rto.current(), milliseconds(1500));
}

}  // namespace
}  // namespace tcprove::adapter::reference
