#include "harness/tcp/cell_set.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace tcprove::tcp {
namespace {

TEST(Cells, AreNumberedOneByOne) {
  for (std::size_t i = 0; i < kCellCount; ++i) EXPECT_EQ(Cell::at(i).index(), i);
  EXPECT_EQ(Cell::at(kCellCount - 1),
            (Cell{.state = State::TimeWait, .event = EventClass::TimeoutTimeWait}));
}

TEST(Cells, AreNamedAsTheirEvents) {
  EXPECT_EQ(to_string(EventClass::Syn), "syn");
  EXPECT_EQ(to_string(EventClass::RcvWndZero), "rcv-wnd-zero");
  EXPECT_EQ(to_string(EventClass::OpenActive), "open-active");
  EXPECT_EQ(to_string(EventClass::TimeoutTimeWait), "timeout-time-wait");
  auto names = kEventClassNames;
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(CellSet, HoldsWhatWasAddedOnce) {
  const Cell first = Cell::at(0);
  const Cell last = Cell::at(kCellCount - 1);
  CellSet set;
  EXPECT_EQ(set.count(), 0U);
  set.add(last);
  set.add(last);
  EXPECT_TRUE(set.has(last));
  EXPECT_FALSE(set.has(first));
  CellSet other;
  other.add(first);
  set.add_all(other);
  EXPECT_EQ(set.count(), 2U);
}

TEST(CellSet, IsReadBackFromItsWordsAndFromNoOthers) {
  CellSet set;
  set.add(Cell::at(200));
  EXPECT_EQ(CellSet::from_words(set.words()), set);
  CellSet::Words words{};
  words.back() = ~std::uint64_t{0};
  EXPECT_FALSE(CellSet::from_words(words).has_value());
}

}  // namespace
}  // namespace tcprove::tcp
