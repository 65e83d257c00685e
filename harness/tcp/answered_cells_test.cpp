#include "harness/tcp/answered_cells.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tcprove::tcp {
namespace {

TEST(AnsweredCells, TellsAnswersOfOneCellApart) {
  AnsweredCells set;
  const Cell cell{.state = State::TimeWait, .event = EventClass::FinOk};
  set.add(cell, Answer::Ack);
  AnsweredCells other;
  other.add(cell, Answer::Reset);
  EXPECT_FALSE(set.has_all(other));
  EXPECT_EQ(set.cells(), other.cells());
  set.add_all(other);
  EXPECT_TRUE(set.has_all(other));
  EXPECT_EQ(set.count(), 2U);
  EXPECT_EQ(set.cells().count(), 1U);
}

TEST(AnsweredCells, VisitsEachInOrder) {
  AnsweredCells set;
  const std::vector<std::size_t> wanted{0, 63, 64, AnsweredCells::kCount - 1};
  for (const std::size_t index : wanted) set.add(index);
  std::vector<std::size_t> visited;
  set.for_each([&](std::size_t index) { visited.push_back(index); });
  EXPECT_EQ(visited, wanted);
  EXPECT_EQ(AnsweredCells::from_words(set.words()), set);
}

TEST(AnsweredCells, RefusesBitsThatStandForNothing) {
  AnsweredCells::Words words{};
  words.back() = std::uint64_t{1} << 63U;
  EXPECT_EQ(AnsweredCells::from_words(words), std::nullopt);
}

TEST(Answer, OfACallIsItsStatus) {
  EXPECT_LT(answer_of(CallStatus::Unsupported), Answer::Ack);
  EXPECT_NE(answer_of(CallStatus::Ok), Answer::Nothing);
  EXPECT_EQ(answer_of(wire::Flag::Syn | wire::Flag::Ack, false), Answer::SynAck);
  EXPECT_EQ(answer_of(wire::Flag::Fin | wire::Flag::Ack, true), Answer::Fin);
  EXPECT_EQ(answer_of(wire::Flag::Ack, true), Answer::Text);
}

}  // namespace
}  // namespace tcprove::tcp
