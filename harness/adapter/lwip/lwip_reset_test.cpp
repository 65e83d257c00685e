#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/adapter/lwip/lwip_adapter.hpp"
#include "harness/adapter/pristine_run.hpp"
#include "harness/adapter/test_peer.hpp"
#include "harness/base/allocation_count.hpp"
#include "harness/wire/checksum.hpp"

/// By which lwIP asks for the time.
extern "C" std::uint32_t sys_now();

namespace tcprove::adapter::lwip {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;

class LwipReset : public testing::TestWithParam<wire::IpVersion> {
 protected:
  void reset(std::uint64_t seed = 1) { stack->reset(pristine(GetParam(), seed)); }

  static wire::Endpoint pristine_peer() {
    return {.address = pristine(GetParam()).peer, .port = kPeerPort};
  }

  Emissions run() { return emissions_of_a_run(*stack, GetParam()); }

  /// Delivers random octets, half of them behind an IP header that lwIP accepts, and random
  /// segments that hit a connection.
  void be_hostile(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    TestPeer peer(*stack, GetParam());
    peer.establish(peer.listen());
    for (int i = 0; i < 10'000; ++i) {
      std::vector<std::uint8_t> octets(random() % 200);
      for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(random());
      if (random() % 2 == 0 && octets.size() >= 40)
        address_to_stack(octets, kProtocols.at(random() % kProtocols.size()));
      stack->deliver(octets);
      const auto ctl = wire::Flags::from_octet(static_cast<std::uint8_t>(random()));
      const auto seq = static_cast<std::uint32_t>(random() % 100);
      peer.send(ctl, {.seq = seq, .ack = 1, .data = "hostile", .options = kSomeOptions});
    }
  }

  void address_to_stack(std::vector<std::uint8_t>& packet, std::uint8_t protocol) const {
    const ResetOptions link = pristine(GetParam());
    if (GetParam() == wire::IpVersion::V6) {
      packet[0] = 0x60;
      packet[4] = 0;
      packet[6] = protocol;
      packet[5] = static_cast<std::uint8_t>(packet.size() - 40);
      std::copy_n(link.peer.octets.begin(), 16, packet.begin() + 8);
      std::copy_n(link.stack.octets.begin(), 16, packet.begin() + 24);
      return;
    }
    packet[0] = 0x45;
    packet[2] = 0;
    packet[9] = protocol;
    packet[3] = static_cast<std::uint8_t>(packet.size());
    packet[10] = packet[11] = 0;
    std::copy_n(link.peer.octets.begin(), 4, packet.begin() + 12);
    std::copy_n(link.stack.octets.begin(), 4, packet.begin() + 16);
    wire::ChecksumSum sum;
    sum.add(wire::Octets(packet).first(20));
    packet[10] = static_cast<std::uint8_t>(sum.checksum() >> 8U);
    packet[11] = static_cast<std::uint8_t>(sum.checksum());
  }

  /// Hop-by-hop options, ICMP, TCP, UDP, IPv6 routing, fragment, ICMPv6, no next header, options.
  static constexpr std::array<std::uint8_t, 9> kProtocols{0, 1, 6, 17, 43, 44, 58, 59, 60};
  static constexpr std::array<std::uint8_t, 8> kSomeOptions{2, 4, 0, 1, 254, 3, 3, 9};

  std::unique_ptr<Adapter> stack = make_lwip_adapter();
};

INSTANTIATE_TEST_SUITE_P(Ip, LwipReset, testing::Values(wire::IpVersion::V4, wire::IpVersion::V6),
                         [](const auto& instance) {
                           return instance.param == wire::IpVersion::V4 ? "V4" : "V6";
                         });

TEST_P(LwipReset, ForgetsThatMemoryRanOut) {
  const Emissions pristine_run = run();
  reset();
  const tcp::Handle listener = TestPeer(*stack, GetParam()).listen();
  const std::string piece(1400, 'x');
  std::uint16_t established = 0;
  for (tcp::Handle connection = 1; connection != tcp::kNoHandle; ++established) {
    ASSERT_LT(established, 1000);
    stack->outbox().clear();
    TestPeer peer(*stack, GetParam(), static_cast<std::uint16_t>(kPeerPort + established));
    connection = peer.establish(listener);
    for (std::uint32_t i = 0; i < 46; ++i) {
      peer.send(Ack, {.seq = 1 + 1400 * i, .ack = 1, .data = piece});
    }
  }
  EXPECT_GT(established, 100);
  auto status = tcp::CallStatus::Ok;
  for (int i = 0; i < 1000 && status == tcp::CallStatus::Ok; ++i) {
    status = stack->call({.kind = Connect, .peer = pristine_peer()}).status;
  }
  EXPECT_EQ(status, tcp::CallStatus::InsufficientResources);
  EXPECT_EQ(pristine_run, run());
}

TEST_P(LwipReset, SetsTheClockThatTheStackReads) {
  ResetOptions options = pristine(GetParam());
  options.clock = std::chrono::milliseconds(0xffff'fff0);
  stack->reset(options);
  EXPECT_EQ(sys_now(), 0xffff'fff0U);
  stack->advance(std::chrono::milliseconds(0x11));
  EXPECT_EQ(sys_now(), 1U);
  stack->reset(pristine(GetParam()));
  EXPECT_EQ(sys_now(), 0U);
}

TEST_P(LwipReset, LeavesRandToTheRestOfTheProcess) {
  std::srand(7);
  const int first = std::rand();
  const int second = std::rand();
  std::srand(7);
  EXPECT_EQ(std::rand(), first);
  reset(3);
  EXPECT_EQ(std::rand(), second);
}

TEST_P(LwipReset, GivesTheSameStackToTheNextAdapter) {
  const Emissions first = run();
  stack.reset();
  stack = make_lwip_adapter();
  EXPECT_EQ(first, run());
}

TEST_P(LwipReset, OutlivesHostilePacketsAndWhatTheyDrawDependsOnThemAlone) {
  reset();
  be_hostile(1);
  const Emissions drawn = taken(stack->outbox());
  EXPECT_GT(drawn.size(), 1000U);

  run();  // leaves other octets behind in the heap
  reset();
  be_hostile(1);
  EXPECT_EQ(drawn, taken(stack->outbox()));
}

TEST_P(LwipReset, OutlivesPacketsOfEverySize) {
  reset();
  const std::vector<std::uint8_t> zeros(70'000);
  std::vector<std::uint8_t> packet = zeros;
  packet[0] = GetParam() == wire::IpVersion::V4 ? 0x45 : 0x60;
  for (const unsigned size :
       {0U, 1U, 19U, 20U, 39U, 40U, 59U, 60U, 65'527U, 65'528U, 65'535U, 65'536U}) {
    stack->deliver(wire::Octets(zeros).first(size));
    stack->deliver(wire::Octets(packet).first(size));
  }
  EXPECT_TRUE(stack->outbox().empty());
}

TEST_P(LwipReset, LosesWhatTheStackSendsToItself) {
  reset();
  TestPeer peer(*stack, GetParam());
  peer.pretend_to_be(peer.tuple().stack.address);
  peer.send(Syn, {});  // nobody listens: the RST would go to the stack itself
  stack->advance(1min);
  EXPECT_EQ(peer.next(), "nothing");
}

TEST_P(LwipReset, AllocatesNothingForASegmentOnceWarm) {
  run();
  reset();
  TestPeer peer(*stack, GetParam());
  const tcp::Handle connection = peer.establish(peer.listen());
  const std::string data(1000, 'x');
  std::array<std::uint8_t, 1000> buffer{};
  const auto exchange = [&](std::uint32_t i) {
    peer.send(Psh | Ack, {.seq = 1 + 1000 * i, .ack = 1, .data = data});
    stack->call({.kind = Receive, .handle = connection, .buffer = buffer});
    stack->advance(250ms);
  };
  for (std::uint32_t i = 0; i < 10; ++i) exchange(i);
  stack->outbox().clear();
  const std::size_t before = base::allocation_count();
  for (std::uint32_t i = 10; i < 20; ++i) exchange(i);
  EXPECT_EQ(base::allocation_count(), before);
  EXPECT_EQ(stack->outbox().size(), 10U);
}

}  // namespace
}  // namespace tcprove::adapter::lwip
