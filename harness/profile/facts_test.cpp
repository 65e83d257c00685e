#include "harness/profile/facts.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tcprove::profile {
namespace {

Facts some(std::int64_t a, std::int64_t b) {
  Facts facts;
  facts[Quantity::AckDelay].add(a);
  facts[Quantity::AckDelay].add(b);
  facts.on_syn = 1U << (static_cast<unsigned>(a) % 7);
  return facts;
}

TEST(Facts, AddUpToTheSameInAnyOrder) {
  Facts forth;
  Facts back;
  for (const int i : {3, 1, 2}) forth.add_all(some(i, 10 * i));
  for (const int i : {2, 1, 3}) back.add_all(some(i, 10 * i));
  EXPECT_EQ(forth, back);
  EXPECT_EQ(forth[Quantity::AckDelay], (Range{.least = 1, .most = 30, .count = 6}));
  EXPECT_EQ(forth.on_syn, 0b1110U);
}

TEST(Facts, OfNothingChangeNothing) {
  Facts facts = some(5, 7);
  facts.add_all({});
  EXPECT_EQ(facts, some(5, 7));
  Facts none;
  none.add_all(some(5, 7));
  EXPECT_EQ(none, some(5, 7)) << "a zero that was never seen is no least one";
}

TEST(Facts, HaveANameEach) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kQuantityCount; ++i) {
    names.insert(name_of(static_cast<Quantity>(i)).name);
  }
  EXPECT_EQ(names.size(), kQuantityCount);
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace tcprove::profile
