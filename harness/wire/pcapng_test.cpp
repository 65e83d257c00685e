#include "harness/wire/pcapng.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <streambuf>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/base/allocation_count.hpp"

namespace tcprove::wire {
namespace {

using namespace std::chrono_literals;

using OctetVector = std::vector<std::uint8_t>;

OctetVector octets_of(const std::ostringstream& out) {
  const std::string text = out.str();
  return {text.begin(), text.end()};
}

OctetVector part(const OctetVector& octets, std::size_t begin,
                 std::size_t size = std::string::npos) {
  const Octets rest = Octets(octets).subspan(begin);
  const Octets taken = rest.first(std::min(size, rest.size()));
  return {taken.begin(), taken.end()};
}

std::size_t head_size(std::string_view comment) {
  std::ostringstream out;
  const PcapngWriter writer(out, comment);
  return out.str().size();
}

TEST(Pcapng, BeginsWithASectionAndARawIpInterfaceInNanoseconds) {
  std::ostringstream out;
  const PcapngWriter writer(out, "hello");
  const OctetVector octets = octets_of(out);
  const OctetVector section{
      0x0a, 0x0d, 0x0d, 0x0a, 56,   0,    0,    0,                       // Type, length.
      0x4d, 0x3c, 0x2b, 0x1a, 1,    0,    0,    0,                       // Magic, version 1.0.
      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,                    // Length of the section.
      1,    0,    5,    0,    'h',  'e',  'l',  'l',  'o', 0,   0,   0,  // opt_comment
      4,    0,    7,    0,    't',  'c',  'p',  'r',  'o', 'v', 'e', 0, 0, 0, 0, 0, 56, 0, 0, 0};
  const OctetVector interface {
    1, 0, 0, 0, 32, 0, 0, 0, 101, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0,
        0
  };
  EXPECT_EQ(part(octets, 0, section.size()), section);
  EXPECT_EQ(part(octets, section.size()), interface);
}

TEST(Pcapng, WritesAPacketWithItsInstantDirectionAndComment) {
  std::ostringstream out;
  PcapngWriter writer(out, "");
  const OctetVector packet{0x45, 1, 2, 3, 4};
  writer.write(base::Instant(0x0102030405060708ns), PcapngWriter::Direction::FromStack, packet,
               "note");
  const OctetVector expected{
      6,    0, 0,    0,    60,   0,    0,    0,    0,    0,
      0,    0, 0x04, 0x03, 0x02, 0x01, 0x08, 0x07, 0x06, 0x05,  // High half first.
      5,    0, 0,    0,    5,    0,    0,    0,                 // Captured, original.
      0x45, 1, 2,    3,    4,    0,    0,    0,                 //
      1,    0, 4,    0,    'n',  'o',  't',  'e',               // opt_comment
      2,    0, 4,    0,    2,    0,    0,    0,                 // epb_flags: outbound
      0,    0, 0,    0,    60,   0,    0,    0};
  EXPECT_EQ(part(octets_of(out), head_size("")), expected);
}

TEST(Pcapng, LeavesAnEmptyCommentOut) {
  std::ostringstream out;
  PcapngWriter writer(out, "");
  writer.write(base::Instant(0ns), PcapngWriter::Direction::ToStack, {}, "");
  const OctetVector expected{6, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  0, 0, 0,
                             0, 0, 0, 0, 0,  0, 2, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0};
  EXPECT_EQ(part(octets_of(out), head_size("")), expected);
  EXPECT_EQ(head_size(""), 76U);
}

TEST(Pcapng, CutsACommentThatNoOptionHoldsBetweenTwoCharacters) {
  // 65,534 octets of "a", then "é" in two: the option holds 65,535 octets, so "é" goes.
  const std::string comment = std::string(65534, 'a') + "\xc3\xa9 and more";
  std::ostringstream out;
  const PcapngWriter writer(out, comment);
  const OctetVector octets = octets_of(out);
  EXPECT_EQ(part(octets, 24, 4), (OctetVector{1, 0, 0xfe, 0xff}));
  EXPECT_EQ(octets[28 + 65533], 'a');
  EXPECT_EQ(octets[28 + 65534], 0) << "padding follows at once";

  EXPECT_EQ(head_size(std::string(65535, 'a')), head_size(std::string(65536, 'a')));
}

TEST(Pcapng, TellsByTheStreamThatTheDiskIsFull) {
  std::ofstream out;
  out.setstate(std::ios::badbit);
  PcapngWriter writer(out, "x");
  writer.write(base::Instant(0ns), PcapngWriter::Direction::ToStack, {}, "");
  EXPECT_FALSE(out);
}

/// Takes all octets and keeps none.
class Sink : public std::streambuf {
 protected:
  std::streamsize xsputn(const char*, std::streamsize size) override { return size; }
  int_type overflow(int_type octet) override { return traits_type::not_eof(octet); }
};

TEST(Pcapng, DoesNotAllocateForAPacket) {
  Sink sink;
  std::ostream out(&sink);
  PcapngWriter writer(out, "x");
  const OctetVector packet(1500);
  const std::size_t before = base::allocation_count();
  writer.write(base::Instant(1ms), PcapngWriter::Direction::ToStack, packet,
               "a comment of some length");
  EXPECT_EQ(base::allocation_count(), before);
  EXPECT_TRUE(out.good());
}

}  // namespace
}  // namespace tcprove::wire
