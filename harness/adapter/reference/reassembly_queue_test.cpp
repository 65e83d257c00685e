#include "harness/adapter/reference/reassembly_queue.hpp"

#include <string>

#include <gtest/gtest.h>

namespace tcprove::adapter::reference {
namespace {

using wire::SeqNum;

class Queue : public testing::Test {
 protected:
  void hold(std::uint32_t seq, const std::string& text, bool fin = false) {
    const std::vector<std::uint8_t> octets(text.begin(), text.end());
    queue_.hold(SeqNum(nxt_), SeqNum(seq), octets, fin);
  }

  std::string take() {
    std::deque<std::uint8_t> out;
    nxt_ += queue_.take(SeqNum(nxt_), out);
    return {out.begin(), out.end()};
  }

  std::uint32_t nxt_ = 0xffff'fffe;  // Two octets before the wrap.
  ReassemblyQueue queue_;
};

TEST_F(Queue, GivesNothingWhileTheGapIsOpen) {
  hold(nxt_ + 1, "b");
  EXPECT_EQ(take(), "");
  EXPECT_TRUE(queue_.has_text());
}

TEST_F(Queue, JoinsWhatArrivedOutOfOrderAcrossTheWrap) {
  hold(nxt_ + 4, "ef");
  hold(nxt_ + 2, "cd");
  hold(nxt_, "ab");
  EXPECT_EQ(take(), "abcdef");
  EXPECT_FALSE(queue_.has_text());
}

TEST_F(Queue, KeepsTheFirstValueOfAnOctet) {
  hold(nxt_ + 2, "CD");
  hold(nxt_, "abcdef");
  EXPECT_EQ(take(), "abCDef");
}

TEST_F(Queue, FillsSeveralGapsWithOneText) {
  hold(nxt_ + 1, "B");
  hold(nxt_ + 3, "D");
  hold(nxt_ + 5, "F");
  hold(nxt_, "abcdefg");
  EXPECT_EQ(take(), "aBcDeFg");
}

TEST_F(Queue, TakesADuplicateForNothing) {
  hold(nxt_ + 1, "bc");
  hold(nxt_ + 1, "bc");
  hold(nxt_ + 2, "c");
  hold(nxt_, "a");
  EXPECT_EQ(take(), "abc");
  EXPECT_EQ(take(), "");
}

TEST_F(Queue, EndsAtTheFin) {
  hold(nxt_ + 4, "efg");
  hold(nxt_ + 1, "b", true);
  EXPECT_FALSE(queue_.fin_at(SeqNum(nxt_)));
  hold(nxt_, "a");
  EXPECT_EQ(take(), "ab");
  EXPECT_TRUE(queue_.fin_at(SeqNum(nxt_)));
}

TEST_F(Queue, CutsTextThatRunsOverTheFin) {
  hold(nxt_ + 1, "bcd");
  hold(nxt_ + 1, "b", true);
  hold(nxt_, "a");
  EXPECT_EQ(take(), "ab");
  EXPECT_TRUE(queue_.fin_at(SeqNum(nxt_)));
  EXPECT_EQ(take(), "");
}

}  // namespace
}  // namespace tcprove::adapter::reference
