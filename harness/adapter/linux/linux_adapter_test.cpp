#include "harness/adapter/linux/linux_adapter.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <poll.h>

#include "harness/adapter/test_peer.hpp"

namespace tcprove::adapter::linux {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;
using tcp::CallStatus;
using tcp::State;

/// Where neither root nor user namespaces are allowed, there is nothing to test.
class LinuxStack : public testing::TestWithParam<wire::IpVersion> {
 protected:
  void SetUp() override {
    if (const auto refused = stack->reset(pristine(GetParam()))) GTEST_SKIP() << refused->message;
  }

  std::unique_ptr<Adapter> stack = make_linux_adapter();
  TestPeer peer{*stack, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Ip, LinuxStack, testing::Values(wire::IpVersion::V4, wire::IpVersion::V6),
                         [](const auto& instance) {
                           return instance.param == wire::IpVersion::V4 ? "V4" : "V6";
                         });

TEST(LinuxAdapter, IsMadeWithoutATraceInTheProcess) {
  const auto before = std::filesystem::read_symlink("/proc/self/ns/net");
  const auto stack = make_linux_adapter();
  EXPECT_EQ(std::filesystem::read_symlink("/proc/self/ns/net"), before);
  EXPECT_FALSE(stack->profile().capabilities.has(tcp::Capability::VirtualTime));
  EXPECT_NE(stack->profile().version, "");
}

TEST_P(LinuxStack, LivesInANamespaceOfItsOwnAndAFreshOneEachTime) {
  const auto first = std::filesystem::read_symlink("/proc/self/ns/net");
  ASSERT_FALSE(stack->reset(pristine(GetParam())));
  EXPECT_NE(std::filesystem::read_symlink("/proc/self/ns/net"), first);
}

TEST_P(LinuxStack, StampsAnEmissionWithItsOwnInstantHoweverLateItIsRead) {
  peer.open_actively();
  ASSERT_EQ(peer.next(), "SYN seq=0");
  const auto sent = peer.at();
  poll(nullptr, 0, 1500);  // The SYN comes again, and nobody looks.
  EXPECT_EQ(peer.next(), "SYN seq=0");
  EXPECT_GE(peer.at() - sent, 1s);
  EXPECT_LE(peer.at() - sent, 1200ms);
  EXPECT_GE(stack->clock()->time_since_epoch() - peer.at(), 300ms);
}

TEST_P(LinuxStack, AnswersUnsupportedToWhatItHasNot) {
  const tcp::UserCall octet{.kind = Set, .option = tcp::UserOption::KeepAliveOctet, .value = 1};
  EXPECT_EQ(stack->call(octet).status, CallStatus::Unsupported);
}

}  // namespace
}  // namespace tcprove::adapter::linux
