#include "harness/wire/flags.hpp"

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

TEST(Flags, StandAtTheirPlaceInTheHeader) {
  EXPECT_EQ(Flags(Flag::Fin).octet(), 0x01);
  EXPECT_EQ(Flags(Flag::Syn).octet(), 0x02);
  EXPECT_EQ(Flags(Flag::Rst).octet(), 0x04);
  EXPECT_EQ(Flags(Flag::Psh).octet(), 0x08);
  EXPECT_EQ(Flags(Flag::Ack).octet(), 0x10);
  EXPECT_EQ(Flags(Flag::Urg).octet(), 0x20);
  EXPECT_EQ(Flags(Flag::Ece).octet(), 0x40);
  EXPECT_EQ(Flags(Flag::Cwr).octet(), 0x80);
}

TEST(Flags, AreASet) {
  Flags flags = Flag::Syn | Flag::Ack;
  EXPECT_TRUE(flags.has(Flag::Syn));
  EXPECT_FALSE(flags.has(Flag::Fin));
  EXPECT_TRUE(flags.any(Flag::Fin | Flag::Ack));
  EXPECT_FALSE(flags.any(Flag::Fin | Flag::Rst));
  EXPECT_EQ(flags.without(Flag::Ack), Flags(Flag::Syn));
  EXPECT_EQ(flags.without(Flag::Fin), flags);
  flags |= Flag::Fin;
  EXPECT_EQ(flags, Flags::from_octet(0x13));
}

TEST(Flags, PrintInTheOrderOfTheirBits) {
  EXPECT_EQ(to_string(Flag::Ack | Flag::Syn), "SYN,ACK");
  EXPECT_EQ(to_string(Flag::Fin | Flag::Psh | Flag::Ack), "FIN,PSH,ACK");
  EXPECT_EQ(to_string(Flags::from_octet(0xff)), "FIN,SYN,RST,PSH,ACK,URG,ECE,CWR");
}

TEST(Flags, TheEmptySetHasAName) { EXPECT_EQ(to_string(Flags()), "none"); }

}  // namespace
}  // namespace tcprove::wire
