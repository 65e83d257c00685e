#include "harness/scenario/segment_parser.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace tcprove::scenario {
namespace {

using plan::Comparison;
using wire::Flag;

plan::SegmentText parse(std::string_view text, SegmentUse use = SegmentUse::Sent) {
  const base::Result<plan::SegmentText> segment = parse_segment_text(text, {.use = use});
  if (!segment) ADD_FAILURE() << base::to_string(segment.error());
  return segment ? segment.value() : plan::SegmentText{};
}

/// The first message, and the columns that it underlines: `3+2 message`.
std::string mistake(std::string_view text, SegmentUse use = SegmentUse::Sent) {
  const base::Result<plan::SegmentText> segment = parse_segment_text(text, {.use = use});
  if (segment) return "none";
  const base::Diagnostic& first = segment.error().front();
  return std::to_string(first.place.column) + "+" + std::to_string(first.place.width) + " " +
         first.message;
}

TEST(SegmentParser, ReadsFlagsInAnyOrder) {
  EXPECT_EQ(parse("SYN,ACK").ctl, Flag::Syn | Flag::Ack);
  EXPECT_EQ(parse("ACK,SYN").ctl, Flag::Syn | Flag::Ack);
  EXPECT_EQ(parse("FIN,RST,PSH,URG,ECE,CWR,SYN,ACK").ctl.octet(), 0xff);
  EXPECT_EQ(parse("none").ctl, wire::Flags{});
}

TEST(SegmentParser, RemembersWhetherPshWasNamed) {
  EXPECT_TRUE(parse("PSH,ACK").psh_named);
  EXPECT_FALSE(parse("ACK").psh_named);
}

TEST(SegmentParser, LeavesOutWhatIsLeftOut) {
  const plan::SegmentText segment = parse("ACK");
  EXPECT_FALSE(segment.seq || segment.ack || segment.len || segment.wnd || segment.up);
  EXPECT_FALSE(segment.data || segment.options || segment.checksum || segment.data_offset);
}

TEST(SegmentParser, ReadsEveryField) {
  const plan::SegmentText segment =
      parse("FIN,ACK seq=1 ack=SND.NXT len=10 wnd=100 up=5 options=<nop, mss 536>");
  EXPECT_EQ(segment.seq->constant, 1);
  EXPECT_EQ(segment.ack->terms.at(0).symbol, plan::Symbol::SndNxt);
  EXPECT_EQ(segment.len->constant, 10);
  EXPECT_EQ(segment.wnd->constant, 100);
  EXPECT_EQ(segment.up->constant, 5);
  ASSERT_EQ(segment.options->size(), 2U);
  EXPECT_EQ(segment.options->at(1).data, (std::vector<std::uint8_t>{0x02, 0x18}));
}

TEST(SegmentParser, ReadsEveryLie) {
  const plan::SegmentText segment =
      parse("ACK checksum=0x1234 offset=4 reserved=5 truncate=12 ip-length=20");
  EXPECT_EQ(segment.checksum, 0x1234);
  EXPECT_EQ(segment.data_offset, 4);
  EXPECT_EQ(segment.reserved, 5);
  EXPECT_EQ(segment.truncate_tcp, 12);
  EXPECT_EQ(segment.ip_length, 20);
  EXPECT_TRUE(parse("ACK checksum=bad").checksum_bad);
}

TEST(SegmentParser, ReadsDataWithItsEscapes) {
  const plan::SegmentText segment = parse(R"(PSH,ACK data="a b\r\n\t\\\"\x00\xff" seq=1)");
  EXPECT_EQ(*segment.data,
            (std::vector<std::uint8_t>{'a', ' ', 'b', '\r', '\n', '\t', '\\', '"', 0x00, 0xff}));
  EXPECT_TRUE(segment.seq.has_value()) << "what follows the data is read too";
}

TEST(SegmentParser, ComparesExpectedFields) {
  EXPECT_EQ(parse("ACK wnd>=1", SegmentUse::Expected).wnd_comparison, Comparison::AtLeast);
  EXPECT_EQ(parse("ACK wnd<=9", SegmentUse::Expected).wnd_comparison, Comparison::AtMost);
  EXPECT_EQ(parse("ACK wnd!=0", SegmentUse::Expected).wnd_comparison, Comparison::NotEqual);
  EXPECT_EQ(parse("ACK len>=1", SegmentUse::Exact).len_comparison, Comparison::AtLeast);
}

TEST(SegmentParser, KeepsTheTextForMessages) {
  EXPECT_EQ(parse("FIN,ACK seq=1  ").text, "FIN,ACK seq=1");
}

TEST(SegmentParser, PointsAtTheFieldThatIsWrong) {
  EXPECT_EQ(mistake("ACK seq=1 wnd=70000"), "15+5 wnd is from 0 to 65535");
  EXPECT_EQ(mistake("ACK seq=1 sqe=2"), "11+3 a segment has no field \"sqe\"");
  EXPECT_EQ(mistake("ACK options=<mss 1460, bogus 1>"), "24+5 there is no option \"bogus\"");
  EXPECT_EQ(mistake("ACK len=65001"), "9+5 len is from 0 to 65000");
}

TEST(SegmentParser, TellsAllMistakesOfASegment) {
  const auto segment = parse_segment_text("SYN,AKC sqe=1 wnd=99999 up=x", {});
  ASSERT_FALSE(segment.ok());
  EXPECT_EQ(segment.error().size(), 4U) << base::to_string(segment.error());
}

TEST(SegmentParser, RefusesNegativeNumbersOnlyWhereTheyAreAbsolute) {
  EXPECT_EQ(parse("ACK seq=-1").seq->constant, -1);
  EXPECT_FALSE(parse_segment_text("ACK seq=-1", {.absolute_numbers = true}).ok());
}

TEST(SegmentParser, GivesOptionsMoreRoomWhereTheOffsetLies) {
  const std::string options = "options=<kind 254 " + std::string(2 * 39, '0') + ">";
  EXPECT_EQ(mistake("SYN " + options).substr(0, 6), "1+101 ");
  EXPECT_EQ(parse("SYN offset=15 " + options).options->at(0).data.size(), 39U);
}

TEST(SegmentParser, RefusesDataBeyondTheLimit) {
  const std::string data(kPayloadOctetsMax, 'x');
  EXPECT_EQ(parse("ACK data=\"" + data + "\"").data->size(), kPayloadOctetsMax);
  EXPECT_NE(mistake("ACK data=\"" + data + "x\"").find("at most 65000 octets"), std::string::npos);
}

TEST(SegmentParser, ReadsFieldsOfTheIpHeader) {
  const auto read = parse_segment_text(
      "ACK ttl=7 dscp=46 ecn=ce from=multicast to=broadcast ip-options=<kind 7 0400, kind 30>", {});
  ASSERT_TRUE(read) << base::to_string(read.error());
  const plan::SegmentText& segment = read.value();
  EXPECT_EQ(segment.ttl, 7);
  EXPECT_EQ(segment.dscp, 46);
  EXPECT_EQ(segment.ecn, 3);
  EXPECT_EQ(segment.from, plan::SpecialAddress::Multicast);
  EXPECT_EQ(segment.to, plan::SpecialAddress::Broadcast);
  ASSERT_EQ(segment.ip_options->size(), 2U);
  EXPECT_EQ(segment.ip_options->at(0).kind, 7);
  EXPECT_EQ(segment.ip_options->at(0).data, (std::vector<std::uint8_t>{4, 0}));
  EXPECT_TRUE(segment.ip_options->at(1).data.empty());
}

}  // namespace
}  // namespace tcprove::scenario
