#include "harness/wire/segment.hpp"

#include <array>

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

constexpr std::array<std::uint8_t, 3> kData{'a', 'b', 'c'};

TEST(Segment, LenCountsSynAndFinAsOneOctetEach) {
  Segment segment;
  EXPECT_EQ(segment.len(), 0U);
  segment.ctl = Flag::Ack;
  EXPECT_EQ(segment.len(), 0U);
  segment.payload = kData;
  EXPECT_EQ(segment.len(), 3U);
  segment.ctl = Flag::Syn;
  EXPECT_EQ(segment.len(), 4U);
  segment.ctl = Flag::Syn | Flag::Fin;
  EXPECT_EQ(segment.len(), 5U);
  segment.ctl = Flag::Rst | Flag::Psh | Flag::Urg;
  EXPECT_EQ(segment.len(), 3U);
}

}  // namespace
}  // namespace tcprove::wire
