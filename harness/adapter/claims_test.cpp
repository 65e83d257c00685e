#include "harness/adapter/claims.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter {
namespace {

TEST(Claims, AreReadWithAnyBlanksBetweenThem) {
  tcp::Capabilities claimed;
  EXPECT_FALSE(claim_all(" ipv4\t passive-open\n", claimed));
  tcp::Capabilities right;
  right.add(tcp::Capability::Ipv4);
  right.add(tcp::Capability::PassiveOpen);
  EXPECT_EQ(claimed, right);
}

TEST(Claims, OfNothingAreNothing) {
  tcp::Capabilities claimed;
  EXPECT_FALSE(claim_all("", claimed));
  EXPECT_FALSE(claim_all("  ", claimed));
  EXPECT_EQ(claimed, tcp::Capabilities());
}

TEST(Claims, ThatNobodyKnowsAreRefused) {
  tcp::Capabilities claimed;
  const auto near = claim_all("ipv4 pasive-open", claimed);
  ASSERT_TRUE(near);
  EXPECT_EQ(near->message,
            "it claims \"pasive-open\", which tcprove does not know; did you mean "
            "\"passive-open\"?");
  const auto far = claim("teleportation", claimed);
  ASSERT_TRUE(far);
  EXPECT_EQ(far->message, "it claims \"teleportation\", which tcprove does not know");
}

}  // namespace
}  // namespace tcprove::adapter
