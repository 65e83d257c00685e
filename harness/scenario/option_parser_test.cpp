#include "harness/scenario/option_parser.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/wire/options.hpp"

namespace tcprove::scenario {
namespace {

using Octets = std::vector<std::uint8_t>;

std::vector<plan::OptionText> parse(const std::string& text, SegmentUse use = SegmentUse::Sent) {
  const Source source("options", text);
  const Phrase phrase(text);
  Problems problems(source);
  Cursor cursor(phrase, problems);
  auto options = parse_options(cursor, use);
  EXPECT_TRUE(options.has_value()) << base::to_string(problems.take());
  EXPECT_TRUE(cursor.at_end());
  return options.value_or(std::vector<plan::OptionText>{});
}

bool refuses(const std::string& text, SegmentUse use = SegmentUse::Sent) {
  const Source source("options", text);
  const Phrase phrase(text);
  Problems problems(source);
  Cursor cursor(phrase, problems);
  return !parse_options(cursor, use) && !problems.none();
}

TEST(OptionParser, PutsValuesInNetworkOrder) {
  EXPECT_EQ(parse("<mss 1460>").at(0).data, (Octets{0x05, 0xb4}));
  EXPECT_EQ(parse("<wscale 7>").at(0).data, (Octets{7}));
  EXPECT_EQ(parse("<ts 1 0xff000000>").at(0).data, (Octets{0, 0, 0, 1, 0xff, 0, 0, 0}));
  EXPECT_EQ(parse("<fast-open 0a0b>").at(0).data, (Octets{0x0a, 0x0b}));
  EXPECT_EQ(parse("<kind 254 00ff>").at(0).data, (Octets{0x00, 0xff}));
}

TEST(OptionParser, KnowsEachKind) {
  const auto options =
      parse("<eol, nop, mss 1, wscale 1, sack-ok, sack 1:2, ts 1 2, fast-open, kind 99>");
  const Octets kinds{0, 1, 2, 3, 4, 5, 8, 34, 99};
  ASSERT_EQ(options.size(), kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i) EXPECT_EQ(options[i].kind, kinds[i]);
}

TEST(OptionParser, ReadsBlocksAsExpressions) {
  const auto options = parse("<sack 1:101 PEER.NXT-100:PEER.NXT>");
  ASSERT_EQ(options.at(0).sack.size(), 2U);
  EXPECT_EQ(options[0].sack[0].second.constant, 101);
  EXPECT_EQ(options[0].sack[1].first.constant, -100);
}

TEST(OptionParser, AcceptsAnyValueOnlyWhereItIsExpected) {
  EXPECT_TRUE(parse("<mss *>", SegmentUse::Expected).at(0).any_value);
  EXPECT_TRUE(parse("<kind 254 *>", SegmentUse::Exact).at(0).any_value);
  EXPECT_TRUE(refuses("<mss *>"));
  EXPECT_TRUE(parse("<ts *>", SegmentUse::Expected).at(0).any_value);
}

TEST(OptionParser, ComparesIntegersThatAreExpected) {
  EXPECT_TRUE(parse("<mss<=1460>", SegmentUse::Expected).at(0).at_most);
  EXPECT_FALSE(parse("<mss 1460>", SegmentUse::Expected).at(0).at_most);
  EXPECT_TRUE(refuses("<mss<=1460>"));
}

TEST(OptionParser, LeavesOneOfTwoTimestampsOpen) {
  const plan::OptionText expected = parse("<ts * 100>", SegmentUse::Expected).at(0);
  EXPECT_EQ(expected.any_octets, 4);
  EXPECT_FALSE(expected.any_value);
  EXPECT_EQ(expected.data, (std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 0, 100}));
  EXPECT_TRUE(refuses("<ts * 100>"));
  EXPECT_TRUE(parse("<ts 100 echo>").at(0).echo);
}

TEST(OptionParser, LetsASentOptionLieAboutItsLength) {
  EXPECT_EQ(parse("<kind 254 00ff length 9>").at(0).length, 9);
  EXPECT_EQ(parse("<mss 1460 length 0, sack 1:2 length 3, fast-open length 1>").at(1).length, 3);
  EXPECT_TRUE(refuses("<mss 1460 length 0>", SegmentUse::Expected));
  EXPECT_TRUE(refuses("<nop length 2>"));
}

TEST(OptionParser, ReadsAnEmptyList) { EXPECT_TRUE(parse("<>").empty()); }

TEST(OptionParser, CountsOctetsOnTheWire) {
  EXPECT_EQ(octets_of(parse("<mss 1460, nop, wscale 7, sack-ok, ts 1 2, sack 1:2 3:4, eol>")),
            4U + 1 + 3 + 2 + 10 + 18 + 1);
}

TEST(OptionParser, PrintsAsTheWireRoomDoes) {
  // What is parsed here and printed there is one spelling.
  const auto options = parse("<mss 1460, nop, wscale 7, sack-ok, ts 100 0, kind 254 00ff>");
  Octets octets;
  for (const plan::OptionText& option : options) {
    octets.push_back(option.kind);
    if (option.kind == 1) continue;
    octets.push_back(static_cast<std::uint8_t>(option.data.size() + 2));
    octets.insert(octets.end(), option.data.begin(), option.data.end());
  }
  EXPECT_EQ(wire::options_to_string(octets, wire::SeqNum{}),
            "mss 1460,nop,wscale 7,sack-ok,ts 100 0,kind 254 00ff");
}

}  // namespace
}  // namespace tcprove::scenario
