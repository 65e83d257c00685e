#include "harness/base/spelling.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace tcprove::base {
namespace {

constexpr std::array<std::string_view, 5> kVerbs{"send", "expect", "state", "wait", "receive"};

TEST(Spelling, FindsTheWordThatWasMeant) {
  EXPECT_EQ(nearest("expcet", kVerbs), "expect");
  EXPECT_EQ(nearest("sned", kVerbs), "send") << "a swap of neighbours is one edit";
  EXPECT_EQ(nearest("snad", kVerbs), "") << "two edits in four letters are too many";
  EXPECT_EQ(nearest("sent", kVerbs), "send");
  EXPECT_EQ(nearest("recieve", kVerbs), "receive");
  EXPECT_EQ(nearest("stat", kVerbs), "state");
}

TEST(Spelling, IgnoresCase) { EXPECT_EQ(nearest("EXPECT", kVerbs), "expect"); }

TEST(Spelling, AllowsOneEditEvenInAShortWord) {
  EXPECT_EQ(nearest("a", std::array<std::string_view, 1>{"b"}), "b");
  EXPECT_EQ(nearest("ab", std::array<std::string_view, 1>{"cd"}), "");
}

TEST(Spelling, PrefersTheFirstOfEquallyNearWords) {
  EXPECT_EQ(nearest("wais", std::array<std::string_view, 2>{"wait", "wail"}), "wait");
}

TEST(Spelling, OffersNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest("checksum", kVerbs), "");
  EXPECT_EQ(nearest("", std::array<std::string_view, 1>{"send"}), "");
  EXPECT_EQ(nearest("send", {}), "");
}

TEST(Spelling, DoesNotCompareWordsTooLongToBeTypingMistakes) {
  const std::string long_word(65, 'a');
  const std::array<std::string_view, 1> itself{long_word};
  EXPECT_EQ(nearest(long_word, itself), "");
}

}  // namespace
}  // namespace tcprove::base
