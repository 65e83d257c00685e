#include "harness/adapter/linux/linux_adapter.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <poll.h>

#include "harness/adapter/linux/linux_test_peer.hpp"

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
    if (const auto refused = stack->reset(peer.link())) GTEST_SKIP() << refused->message;
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
  ASSERT_FALSE(stack->reset(peer.link()));
  EXPECT_NE(std::filesystem::read_symlink("/proc/self/ns/net"), first);
}

TEST_P(LinuxStack, OpenedAndClosedByThePeerGoesThroughTheStates) {
  const tcp::Handle listener = peer.listen();
  EXPECT_EQ(peer.state(), State::Closed);
  peer.send(Syn, {});
  EXPECT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.state(), State::SynReceived);
  peer.send(Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.state(), State::Established);
  const tcp::CallResult accepted = stack->call({.kind = Accept, .handle = listener});
  EXPECT_EQ(accepted.peer, peer.tuple().peer);
  peer.send(Fin | Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.next(100ms), "ACK seq=1 ack=2");
  EXPECT_EQ(peer.state(), State::CloseWait);
  EXPECT_EQ(peer.call(Close, accepted.handle), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "FIN,ACK seq=1 ack=2");
  EXPECT_EQ(peer.state(), State::LastAck);
  peer.send(Ack, {.seq = 2, .ack = 2});
  EXPECT_EQ(peer.state(), State::Closed);
}

TEST_P(LinuxStack, IsSeenInTimeWaitAfterItsUserHasClosed) {
  const tcp::Handle handle = peer.establish_actively();
  EXPECT_EQ(peer.call(Close, handle), CallStatus::Ok);
  EXPECT_EQ(peer.next(), "FIN,ACK seq=1 ack=1");
  EXPECT_EQ(peer.state(), State::FinWait1);
  peer.send(Fin | Ack, {.seq = 1, .ack = 1});
  EXPECT_EQ(peer.next(), "ACK seq=2 ack=2");
  EXPECT_EQ(peer.state(), State::Closing);
  peer.send(Ack, {.seq = 2, .ack = 2});
  EXPECT_EQ(peer.state(), State::TimeWait);
  ASSERT_FALSE(stack->reset(peer.link()));
  EXPECT_EQ(peer.state(), State::Closed);
}

TEST_P(LinuxStack, SendsAndReceivesOctets) {
  const tcp::Handle handle = peer.establish_actively();
  EXPECT_EQ(peer.send_call(handle, "hello"), "5");
  EXPECT_EQ(peer.next(), "PSH,ACK seq=1 ack=1 len=5");
  EXPECT_EQ(peer.receive_call(handle), "<would-block>");
  peer.send(Ack | Psh, {.seq = 1, .ack = 6, .data = "world"});
  EXPECT_EQ(peer.receive_call(handle), "world");
  peer.send(Rst, {.seq = 6});
  EXPECT_EQ(peer.receive_call(handle), "<reset>");
  EXPECT_EQ(peer.receive_call(handle), "<no-connection>");
}

TEST_P(LinuxStack, StampsAnEmissionWithItsOwnInstantHoweverLateItIsRead) {
  peer.open_actively();
  ASSERT_EQ(peer.next(), "SYN seq=0");
  const auto sent = peer.at();
  poll(nullptr, 0, 1500);  // The SYN comes again, and nobody looks.
  EXPECT_EQ(peer.next(), "SYN seq=0");
  EXPECT_GE(peer.at() - sent, 1s);
  EXPECT_LE(peer.at() - sent, 1200ms);
  EXPECT_GE(*stack->clock() - peer.at(), 300ms);
}

TEST_P(LinuxStack, AnswersUnsupportedToWhatItHasNot) {
  const tcp::UserCall octet{.kind = Set, .option = tcp::UserOption::KeepAliveOctet, .value = 1};
  EXPECT_EQ(stack->call(octet).status, CallStatus::Unsupported);
  EXPECT_EQ(stack->call({.kind = static_cast<tcp::CallKind>(99)}).status, CallStatus::Unsupported);
}

}  // namespace
}  // namespace tcprove::adapter::linux
