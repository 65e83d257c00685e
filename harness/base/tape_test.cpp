#include "harness/base/tape.hpp"

#include <array>
#include <cstdint>
#include <numeric>

#include <gtest/gtest.h>

namespace tcprove::base {
namespace {

TEST(Tape, KeepsWhatIsAddedOneByOneAndTogether) {
  Tape<std::uint32_t> tape;
  constexpr std::uint32_t kMany = 1000;
  for (std::uint32_t i = 0; i < kMany; ++i) tape.add() = i;
  std::array<std::uint32_t, kMany> more{};
  std::iota(more.begin(), more.end(), kMany);
  tape.append(more);
  ASSERT_EQ(tape.size(), 2 * kMany);
  for (std::uint32_t i = 0; i < tape.size(); ++i) EXPECT_EQ(tape.view()[i], i);
}

TEST(Tape, ClearedIsEmptyAndKeepsItsRoom) {
  Tape<std::uint32_t> tape;
  tape.add() = 1;
  const std::uint32_t* const room = &tape[0];
  tape.clear();
  EXPECT_TRUE(tape.empty());
  EXPECT_TRUE(tape.view().empty());
  tape.add() = 2;
  EXPECT_EQ(&tape[0], room);
  EXPECT_EQ(tape.view().front(), 2U);
}

TEST(Tape, AppendsNothing) {
  Tape<std::uint8_t> tape;
  tape.append({});
  EXPECT_TRUE(tape.add(0).empty());
  EXPECT_TRUE(tape.empty());
}

}  // namespace
}  // namespace tcprove::base
