#include "harness/base/result.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace tcprove::base {
namespace {

TEST(Result, HoldsAValueOrEveryMistake) {
  const Result<int> good = 7;
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good.value(), 7);

  const Result<int> bad = Diagnostics{{.message = "first"}, {.message = "second"}};
  ASSERT_FALSE(bad);
  ASSERT_EQ(bad.error().size(), 2U);
  EXPECT_EQ(bad.error()[1].message, "second");
}

TEST(Result, GivesAwayAValueThatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
  const std::unique_ptr<int> taken = std::move(result.value());
  EXPECT_EQ(*taken, 3);
}

TEST(ResultDeathTest, AskingForWhatIsNotThereAborts) {
  const Result<int, std::string> bad = std::string("no");
  EXPECT_DEATH((void)bad.value(), "the value of a failed Result");
  const Result<int, std::string> good = 1;
  EXPECT_DEATH((void)good.error(), "the error of a good Result");
}

}  // namespace
}  // namespace tcprove::base
