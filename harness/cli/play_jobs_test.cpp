#include "harness/cli/play_jobs.hpp"

#include <gtest/gtest.h>

namespace tcprove::cli {
namespace {

TEST(PlayJobs, HaveAsManyWorkersAsWhatIsPlayedLeavesIdle) {
  adapter::StackProfile profile;
  EXPECT_EQ(workers_for(profile), 256U) << "in real time all of them sleep";
  profile.capabilities.add(tcp::Capability::VirtualTime);
  EXPECT_EQ(workers_for(profile), 1U) << "in virtual time nobody does";
  profile.capabilities = {};
  profile.service = adapter::Service();
  EXPECT_EQ(workers_for(profile), 1U) << "a service of others may have room for few";
}

}  // namespace
}  // namespace tcprove::cli
