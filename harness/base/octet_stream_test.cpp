#include "harness/base/octet_stream.hpp"

#include <gtest/gtest.h>

namespace tcprove::base {
namespace {

TEST(OctetStream, IsReadAsItWasWritten) {
  OctetsWriter out;
  out.put(std::uint16_t{7});
  out.put_text("seven");
  out.put(std::uint8_t{1});
  OctetsReader in(out.octets());
  EXPECT_EQ(in.get<std::uint16_t>(), 7);
  EXPECT_EQ(in.get_text(), "seven");
  EXPECT_FALSE(in.good_at_end());
  EXPECT_TRUE(in.get_flag());
  EXPECT_TRUE(in.good_at_end());
}

TEST(OctetStream, GivesNothingPastItsEndAndIsSpoilt) {
  OctetsWriter out;
  out.put(std::uint64_t{1000});  // The size of a text that is not there.
  OctetsReader in(out.octets());
  EXPECT_EQ(in.get_text(), "");
  EXPECT_FALSE(in.good());
  EXPECT_EQ(in.get<std::uint8_t>(), 0);
  EXPECT_FALSE(in.good_at_end());
}

}  // namespace
}  // namespace tcprove::base
