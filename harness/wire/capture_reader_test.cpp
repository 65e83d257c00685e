#include "harness/wire/capture_reader.hpp"

#include <random>
#include <sstream>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "harness/wire/pcapng.hpp"

namespace tcprove::wire {
namespace {

using namespace std::chrono_literals;
using Direction = CapturedFrame::Direction;
using OctetVector = std::vector<std::uint8_t>;

/// Writes numbers in either order of octets.
class Writer {
 public:
  explicit Writer(bool big_endian) : big_endian_(big_endian) {}

  Writer& u16(std::uint32_t value) { return number(value, 2); }
  Writer& u32(std::uint32_t value) { return number(value, 4); }
  Writer& raw(const OctetVector& more) {
    octets.insert(octets.end(), more.begin(), more.end());
    return *this;
  }
  /// A block of pcapng.
  Writer& block(std::uint32_t type, const OctetVector& body) {
    const auto length = static_cast<std::uint32_t>(12 + body.size());
    return u32(type).u32(length).raw(body).u32(length);
  }

  OctetVector octets;

 private:
  Writer& number(std::uint32_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) {
      const unsigned shift = 8 * (big_endian_ ? size - 1 - i : i);
      octets.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    return *this;
  }

  bool big_endian_;
};

OctetVector pcap(bool big_endian, std::uint32_t magic, std::uint32_t link = 101) {
  Writer w(big_endian);
  w.u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65535).u32(link);
  w.u32(7).u32(5).u32(3).u32(9).raw({1, 2, 3});
  return w.u32(8).u32(0).u32(0).u32(0).octets;
}

/// A section and an interface with this clock, and whatever `more` writes.
OctetVector pcapng(bool big_endian, const OctetVector& clock, const Writer& more) {
  Writer section(big_endian);
  section.u32(0x1a2b3c4d).u16(1).u16(0).u32(0xffffffff).u32(0xffffffff);
  Writer interface(big_endian);
  interface.u16(101).u16(0).u32(2).raw(clock);
  Writer w(big_endian);
  w.block(0x0a0d0d0a, section.octets).block(1, interface.octets);
  return w.raw(more.octets).octets;
}

struct All {
  std::vector<CapturedFrame> frames;
  std::string error;
};

All read(Octets file) {
  CaptureReader reader(file);
  All all;
  while (const auto frame = reader.next()) all.frames.push_back(*frame);
  all.error = reader.error();
  return all;
}

TEST(CaptureReader, ReadsPcapInBothOrdersAndResolutions) {
  for (const bool big_endian : {false, true}) {
    const OctetVector file = pcap(big_endian, 0xa1b2c3d4);
    const All all = read(file);
    EXPECT_EQ(all.error, "");
    ASSERT_EQ(all.frames.size(), 2U);
    EXPECT_EQ(all.frames[0].number, 1U);
    EXPECT_EQ(all.frames[0].at, base::Instant(7s + 5us));
    EXPECT_EQ(OctetVector(all.frames[0].octets.begin(), all.frames[0].octets.end()),
              (OctetVector{1, 2, 3}));
    EXPECT_TRUE(all.frames[0].cut);
    EXPECT_FALSE(all.frames[1].cut);
    EXPECT_EQ(all.frames[1].octets.size(), 0U);
    const OctetVector fine = pcap(big_endian, 0xa1b23c4d);
    EXPECT_EQ(read(fine).frames.at(0).at, base::Instant(7s + 5ns));
  }
}

TEST(CaptureReader, ReadsEveryPacketBlockOfPcapngInBothOrders) {
  for (const bool big_endian : {false, true}) {
    Writer enhanced(big_endian);
    enhanced.u32(0).u32(1).u32(2).u32(1).u32(1).raw({7, 0, 0, 0});
    enhanced.u16(2).u16(4).u32(2).u16(0).u16(0);
    Writer simple(big_endian);
    simple.u32(3).raw({8, 9, 0, 0});
    Writer obsolete(big_endian);
    obsolete.u16(0).u16(0).u32(0).u32(3).u32(1).u32(2).raw({5, 0, 0, 0});
    Writer more(big_endian);
    more.block(6, enhanced.octets).block(0x0bad, {1, 2, 3, 4});
    more.block(3, simple.octets).block(2, obsolete.octets);
    const OctetVector file = pcapng(big_endian, {}, more);
    const All all = read(file);
    EXPECT_EQ(all.error, "");
    ASSERT_EQ(all.frames.size(), 3U);
    EXPECT_EQ(all.frames[0].at, base::Instant(std::chrono::microseconds((1LL << 32) + 2)));
    EXPECT_EQ(all.frames[0].direction, Direction::Outbound);
    EXPECT_EQ(all.frames[0].octets[0], 7);
    EXPECT_EQ(all.frames[1].octets.size(), 2U) << "the interface keeps no more";
    EXPECT_TRUE(all.frames[1].cut);
    EXPECT_EQ(all.frames[2].at, base::Instant(3us));
    EXPECT_TRUE(all.frames[2].cut);
    EXPECT_EQ(all.frames[2].direction, Direction::Unknown);
  }
}

TEST(CaptureReader, UnderstandsTheClockOfAnInterface) {
  const auto at = [](const OctetVector& clock) {
    Writer enhanced(false);
    enhanced.u32(0).u32(1).u32(1U << 31U).u32(0).u32(0);
    Writer more(false);
    more.block(6, enhanced.octets);
    const OctetVector file = pcapng(false, clock, more);
    const All all = read(file);
    return all.frames.empty() ? all.error : base::to_string(all.frames[0].at.time_since_epoch());
  };
  EXPECT_EQ(at({9, 0, 1, 0, 9, 0, 0, 0}), base::to_string(6442450944ns));
  EXPECT_EQ(at({9, 0, 1, 0, 0x80 | 32, 0, 0, 0}), "1.5s") << "in units of 2^-32 s";
  EXPECT_EQ(at({9, 0, 1, 0, 0x80 | 32, 0, 0, 0, 14, 0, 8, 0, 10, 0, 0, 0, 0, 0, 0, 0}),
            base::to_string(11s + 500ms));
  EXPECT_EQ(at({9, 0, 1, 0, 20, 0, 0, 0}), "octet 28: a clock's resolution of 0x14 is too fine");
}

TEST(CaptureReader, ReadsWhatWeWrite) {
  std::ostringstream out;
  PcapngWriter writer(out, "a comment");
  const OctetVector packet{0x45, 1, 2, 3, 4};
  writer.write(base::Instant(1s + 7ns), PcapngWriter::Direction::FromStack, packet, "one");
  writer.write(base::Instant(2h), PcapngWriter::Direction::ToStack, {}, "");
  const std::string text = out.str();
  const OctetVector file(text.begin(), text.end());
  const All all = read(file);
  EXPECT_EQ(all.error, "");
  ASSERT_EQ(all.frames.size(), 2U);
  EXPECT_EQ(all.frames[0].at, base::Instant(1s + 7ns));
  EXPECT_EQ(all.frames[0].direction, Direction::Outbound);
  EXPECT_EQ(OctetVector(all.frames[0].octets.begin(), all.frames[0].octets.end()), packet);
  EXPECT_EQ(all.frames[1].at, base::Instant(2h));
  EXPECT_EQ(all.frames[1].direction, Direction::Inbound);
}

TEST(CaptureReader, SaysWhereAFileIsBroken) {
  const auto error = [](const OctetVector& file) { return read(file).error; };
  EXPECT_EQ(error({}), "octet 0: too short for a capture");
  EXPECT_EQ(error({'#', '!', '/', 'b', 'i', 'n', '/', 's'}), "octet 0: neither pcap nor pcapng");
  EXPECT_EQ(error(pcap(false, 0xa1b2c3d4, 147)), "octet 0: link type 147 is not known here");
  OctetVector cut = pcap(false, 0xa1b2c3d4);
  cut.resize(cut.size() - 1);
  EXPECT_EQ(error(cut), "octet 43: a record's header ends too early");
  EXPECT_EQ(read(cut).frames.size(), 1U) << "what came before is there";

  Writer lies(false);
  lies.u32(6).u32(1 << 30).u32(0).u32(12);
  EXPECT_TRUE(
      error(pcapng(false, {}, lies)).starts_with("octet 48: a block's length is 1073741824"));
  Writer twice(false);
  twice.u32(6).u32(12).u32(16);
  EXPECT_EQ(error(pcapng(false, {}, twice)), "octet 48: a block's two lengths differ");
  Writer stranger(false);
  stranger.block(6, Writer(false).u32(1).u32(0).u32(0).u32(0).u32(0).octets);
  EXPECT_EQ(error(pcapng(false, {}, stranger)),
            "octet 48: a packet of an interface that is not described");
  Writer longer(false);
  longer.block(6, Writer(false).u32(0).u32(0).u32(0).u32(5).u32(5).u32(0).octets);
  EXPECT_EQ(error(pcapng(false, {}, longer)), "octet 48: a packet is longer than its block");
  Writer magic(false);
  magic.block(0x0a0d0d0a, OctetVector(16, 0));
  EXPECT_EQ(error(magic.octets), "octet 0: a section without its byte-order magic");
}

TEST(CaptureReader, LimitsInterfaces) {
  Writer many(false);
  for (std::size_t i = 0; i < CaptureReader::kInterfacesMax; ++i) {
    many.block(1, OctetVector(8, 0));
  }
  const OctetVector file = pcapng(false, {}, many);
  EXPECT_NE(read(file).error.find("more than 1024 interfaces"), std::string::npos);
}

TEST(CaptureReader, SurvivesAnyOverwrittenOctetAndAnyEnd) {
  Writer enhanced(false);
  enhanced.u32(0).u32(1).u32(2).u32(1).u32(1).raw({7, 0, 0, 0}).u16(2).u16(4).u32(2);
  Writer more(false);
  more.block(6, enhanced.octets);
  std::mt19937 random(1);
  for (const OctetVector& whole :
       {pcap(true, 0xa1b2c3d4), pcapng(false, {9, 0, 1, 0, 9, 0, 0, 0}, more)}) {
    std::size_t broken = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      broken += read(OctetVector(whole.begin(), whole.begin() + static_cast<int>(at))).error.empty()
                    ? 0
                    : 1;
      for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{0x7f}, std::uint8_t{0xff},
                                       static_cast<std::uint8_t>(random())}) {
        OctetVector changed = whole;
        changed[at] = value;
        EXPECT_LE(read(changed).frames.size(), 3U);
      }
    }
    EXPECT_GT(broken, whole.size() / 2);
  }
}

}  // namespace
}  // namespace tcprove::wire
