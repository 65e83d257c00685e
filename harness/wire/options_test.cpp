#include "harness/wire/options.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace tcprove::wire {
namespace {

using OctetVector = std::vector<std::uint8_t>;

const OctetVector kCookie{0x0a, 0x0b, 0x0c, 0x0d};

OctetVector appended(const Option& option) {
  OctetVector out;
  append(option, out);
  return out;
}

/// The one option in `octets`, in words; `malformed` where it is.
std::string in_words(const OctetVector& octets) { return options_to_string(octets, SeqNum(0)); }

TEST(Options, EveryKindHasItsOctetsAndItsSpelling) {
  struct Row {
    Option option;
    OctetVector octets;
    std::string words;
  };
  const Sack two{.blocks = {{{SeqNum(1), SeqNum(101)}, {SeqNum(0x201), SeqNum(0x301)}}},
                 .count = 2};
  const Row rows[] = {
      {EndOfList{}, {0}, "eol"},
      {NoOperation{}, {1}, "nop"},
      {MaximumSegmentSize{1460}, {2, 4, 0x05, 0xb4}, "mss 1460"},
      {WindowScale{14}, {3, 3, 14}, "wscale 14"},
      {SackPermitted{}, {4, 2}, "sack-ok"},
      {two, {5, 18, 0, 0, 0, 1, 0, 0, 0, 101, 0, 0, 2, 1, 0, 0, 3, 1}, "sack 1:101 513:769"},
      {Timestamps{.tsval = 0x01020304, .tsecr = 0xfffefdfc},
       {8, 10, 1, 2, 3, 4, 0xff, 0xfe, 0xfd, 0xfc},
       "ts 16909060 4294901244"},
      {FastOpen{}, {34, 2}, "fast-open"},
      {FastOpen{kCookie}, {34, 6, 0x0a, 0x0b, 0x0c, 0x0d}, "fast-open 0a0b0c0d"},
      {UnknownOption{.kind = 254, .data = kCookie},
       {254, 6, 0x0a, 0x0b, 0x0c, 0x0d},
       "kind 254 0a0b0c0d"},
      {UnknownOption{.kind = 253}, {253, 2}, "kind 253"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(appended(row.option), row.octets) << row.words;
    EXPECT_EQ(to_string(row.option, SeqNum(0)), row.words);
    EXPECT_EQ(kind_of(row.option), row.octets[0]) << row.words;

    OptionReader reader(row.octets);
    const std::optional<Option> read = reader.next();
    ASSERT_TRUE(read) << row.words;
    EXPECT_EQ(read->index(), row.option.index()) << row.words;
    EXPECT_EQ(appended(*read), row.octets) << row.words;
    EXPECT_FALSE(reader.next()) << row.words;
    EXPECT_FALSE(reader.malformed()) << row.words;
  }
}

TEST(Options, SackPrintsRelativeToItsBaseAlsoOverTheWrap) {
  const Sack sack{.blocks = {{{SeqNum(0xffffffff), SeqNum(4)}}}, .count = 1};
  EXPECT_EQ(to_string(sack, SeqNum(0xfffffffe)), "sack 1:6");
}

TEST(Options, SackTakesOneToFourBlocks) {
  for (std::size_t blocks = 1; blocks <= 4; ++blocks) {
    OctetVector octets(2 + 8 * blocks, 7);
    octets[0] = 5;
    octets[1] = static_cast<std::uint8_t>(octets.size());
    const auto sack = find_option<Sack>(octets);
    ASSERT_TRUE(sack) << blocks;
    EXPECT_EQ(sack->count, blocks);
    EXPECT_EQ(sack->blocks[blocks - 1], (Sack::Block{SeqNum(0x07070707), SeqNum(0x07070707)}));
  }
}

TEST(Options, AKnownKindWithAnotherKindsLengthIsUnknown) {
  for (const OctetVector& octets :
       {OctetVector{2, 3, 5}, OctetVector{2, 5, 1, 2, 3}, OctetVector{3, 2},
        OctetVector{3, 4, 1, 2}, OctetVector{4, 3, 0}, OctetVector{5, 2},
        OctetVector{5, 6, 0, 0, 0, 0}, OctetVector{5, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        OctetVector{8, 6, 0, 0, 0, 0}, OctetVector{34, 4, 1, 2},
        OctetVector{34, 7, 1, 2, 3, 4, 5}}) {
    OptionReader reader(octets);
    const std::optional<Option> option = reader.next();
    ASSERT_TRUE(option && std::holds_alternative<UnknownOption>(*option)) << in_words(octets);
    EXPECT_EQ(kind_of(*option), octets[0]);
    EXPECT_EQ(std::get<UnknownOption>(*option).data.size(), octets.size() - 2);
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.malformed()) << "MUST-6 and MUST-68: such an option can be skipped";
  }
  OctetVector five_blocks(42);
  five_blocks[0] = 5;
  five_blocks[1] = 42;
  EXPECT_FALSE(find_option<Sack>(five_blocks));
  OctetVector long_cookie(20);
  long_cookie[0] = 34;
  long_cookie[1] = 20;
  EXPECT_FALSE(find_option<FastOpen>(long_cookie));
}

TEST(Options, ALengthUnderTwoOrPastTheEndIsMalformed) {
  for (const OctetVector& octets :
       {OctetVector{2, 0, 5, 180}, OctetVector{2, 1, 5, 180}, OctetVector{2, 5, 5, 180},
        OctetVector{2}, OctetVector{254, 255, 0}}) {
    OptionReader reader(octets);
    EXPECT_FALSE(reader.malformed());
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.malformed());
    EXPECT_FALSE(reader.next()) << "the walk does not go on";
    EXPECT_EQ(in_words(octets), "malformed");
  }
}

TEST(Options, TheOptionsBeforeAMalformedOneAreRead) {
  EXPECT_EQ(in_words({2, 4, 5, 180, 1, 8, 0}), "mss 1460,nop,malformed");
}

TEST(Options, EolEndsTheListWhateverFollows) {
  const OctetVector octets{1, 0, 2, 0, 0};
  EXPECT_EQ(in_words(octets), "nop,eol");
  EXPECT_FALSE(find_option<MaximumSegmentSize>(OctetVector{0, 2, 4, 5, 180}));
}

TEST(Options, NoneAreNoText) {
  EXPECT_EQ(in_words({}), "");
  EXPECT_FALSE(OptionReader({}).next());
}

TEST(Options, FindsTheFirstOfAKind) {
  const OctetVector octets{1, 2, 4, 0, 1, 2, 4, 0, 2, 3, 3, 7};
  EXPECT_EQ(find_option<MaximumSegmentSize>(octets)->octets, 1);
  EXPECT_EQ(find_option<WindowScale>(octets)->shift, 7);
  EXPECT_FALSE(find_option<Timestamps>(octets));
}

TEST(OptionsDeathTest, WhatNoLengthOctetCanTellIsOurOwnMistake) {
  OctetVector out;
  const OctetVector longest(kOptionDataOctetsMax);
  append(UnknownOption{.kind = 254, .data = longest}, out);
  EXPECT_EQ(out[1], 255);
  const OctetVector longer(kOptionDataOctetsMax + 1);
  EXPECT_DEATH(append(UnknownOption{.kind = 254, .data = longer}, out), "length can tell");
  EXPECT_DEATH(append(Sack{.count = 5}, out), "more SACK blocks");
}

}  // namespace
}  // namespace tcprove::wire
