#include "harness/cli/stack_side.hpp"

#include <gtest/gtest.h>

namespace tcprove::cli {
namespace {

/// As `ADDR PORT`; `-` for what is not one.
std::string read(std::string_view text) {
  const auto side = parse_stack_side(text);
  return side ? to_string(side->address) + " " + std::to_string(side->port) : "-";
}

TEST(StackSide, IsAnAddressWithOrWithoutAPort) {
  EXPECT_EQ(read("192.0.2.1"), "192.0.2.1 0");
  EXPECT_EQ(read("192.0.2.1:7"), "192.0.2.1 7");
  EXPECT_EQ(read("2001:db8::1"), "2001:db8::1 0");
  EXPECT_EQ(read("[2001:db8::1]"), "2001:db8::1 0");
  EXPECT_EQ(read("[2001:db8::1]:65535"), "2001:db8::1 65535");
  EXPECT_EQ(read("2001:db8::1:7"), "2001:db8::1:7 0") << "an address, as it stands";
}

TEST(StackSide, IsNothingElse) {
  for (const char* const text :
       {"", ":", "7", "192.0.2", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:7x",
        "192.0.2.1:-1", "[192.0.2.1", "[2001:db8::1]7", "[]:7", "host:7", "[2001:db8::1]::7"}) {
    EXPECT_EQ(read(text), "-") << text;
  }
}

}  // namespace
}  // namespace tcprove::cli
