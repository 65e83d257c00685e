#include "harness/base/virtual_time.hpp"

#include <gtest/gtest.h>

namespace tcprove::base {
namespace {

using namespace std::chrono_literals;

TEST(VirtualTime, PrintsWithTheLargestUnitThatIsExact) {
  EXPECT_EQ(to_string(Duration(2min)), "2min");
  EXPECT_EQ(to_string(Duration(119s)), "119s");
  EXPECT_EQ(to_string(Duration(1500ms)), "1.5s");
  EXPECT_EQ(to_string(Duration(161'250ms)), "161.25s");
  EXPECT_EQ(to_string(Duration(60'001ms)), "60.001s");
  EXPECT_EQ(to_string(Duration(999ms)), "999ms");
  EXPECT_EQ(to_string(Duration(250us)), "250us");
  EXPECT_EQ(to_string(Duration(7ns)), "7ns");
  EXPECT_EQ(to_string(Duration(1'000'000'001ns)), "1000000001ns");
}

TEST(VirtualTime, PrintsZeroAsSeconds) { EXPECT_EQ(to_string(Duration::zero()), "0s"); }

TEST(VirtualTime, KeepsTheSignOfANegativeLength) {
  EXPECT_EQ(to_string(Duration(-1s)), "-1s");
  EXPECT_EQ(to_string(Duration::min()), "-9223372036854775808ns");
}

}  // namespace
}  // namespace tcprove::base
