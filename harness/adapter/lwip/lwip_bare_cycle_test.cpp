#include "harness/adapter/lwip/lwip_bare_cycle.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter::lwip {
namespace {

TEST(BareCycle, RunsAgainAndAgainOnOneListener) {
  BareCycle cycle;
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(cycle.run()) << "cycle " << i;
}

}  // namespace
}  // namespace tcprove::adapter::lwip
