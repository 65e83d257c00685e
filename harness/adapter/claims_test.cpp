#include "harness/adapter/claims.hpp"

#include <fstream>
#include <sstream>
#include <string>

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

TEST(Guide, NamesEveryCapability) {
  std::ostringstream guide;
  guide << std::ifstream(std::string(TCPROVE_SOURCE_DIR) + "/harness/adapter/README.md").rdbuf();
  const std::string text = guide.str();
  for (const std::string_view name : tcp::kCapabilityNames) {
    EXPECT_NE(text.find("`" + std::string(name) + "`"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace tcprove::adapter
