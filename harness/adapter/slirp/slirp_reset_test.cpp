#include <cstdlib>
#include <filesystem>
#include <random>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/adapter/slirp/slirp_adapter.hpp"
#include "harness/adapter/test_peer.hpp"

/// slirp_remove_guestfwd() forgets the path that slirp_add_unix() has copied by GLib's allocator.
extern "C" const char* __lsan_default_suppressions() { return "leak:libglib-2.0"; }

namespace tcprove::adapter::slirp {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;

using Emissions = std::vector<std::pair<base::Instant, std::vector<std::uint8_t>>>;

Emissions taken(Outbox& outbox) {
  Emissions emissions;
  for (std::size_t i = 0; i < outbox.size(); ++i) {
    const wire::Octets packet = outbox.packet(i);
    emissions.emplace_back(outbox.at(i), std::vector<std::uint8_t>(packet.begin(), packet.end()));
  }
  outbox.clear();
  return emissions;
}

std::size_t entries_of(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder),
                                                std::filesystem::directory_iterator()));
}

class SlirpReset : public testing::Test {
 protected:
  void reset(std::uint64_t seed = 1) { stack->reset(pristine(wire::IpVersion::V4, seed)); }

  /// Both roles, data both ways, retransmissions and closes.
  void play() {
    TestPeer peer(*stack);
    const tcp::Handle connection = peer.establish(peer.listen());
    peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "to the stack"});
    stack->advance(1s);
    peer.send_call(connection, std::string(5000, 'x'));
    peer.receive_call(connection);
    stack->advance(10s);
    peer.send(Ack, {.seq = 13, .ack = 5001});
    peer.call(Close, connection);
    stack->call({.kind = Connect, .peer = peer.tuple().peer});  // the adapter chooses its port
    stack->advance(1min);
  }

  Emissions emissions_of_a_run(std::uint64_t seed = 1) {
    reset(seed);
    play();
    return taken(stack->outbox());
  }

  std::unique_ptr<Adapter> stack = make_slirp_adapter();
};

TEST_F(SlirpReset, MakesTwoRunsIdentical) {
  const Emissions first = emissions_of_a_run();
  ASSERT_GT(first.size(), 10U);
  EXPECT_EQ(first, emissions_of_a_run());
  EXPECT_NE(first, emissions_of_a_run(2)) << "the port of the active OPEN is another";
}

TEST_F(SlirpReset, ForgetsAConnectionWithDataQueuedBothWays) {
  const Emissions pristine_run = emissions_of_a_run();
  reset(2);
  TestPeer peer(*stack, wire::IpVersion::V4, kPeerPort + 1);
  const tcp::Handle connection = peer.establish_actively();
  peer.send_call(connection, std::string(300'000, 'x'));
  peer.send(Ack, {.seq = 1, .ack = 1, .data = "unread"});
  peer.send(Ack, {.seq = 100, .ack = 1, .data = "out of order"});
  stack->advance(1min + 300us);
  EXPECT_EQ(pristine_run, emissions_of_a_run());
}

TEST_F(SlirpReset, MakesOldHandlesVoid) {
  reset();
  TestPeer peer(*stack);
  const tcp::Handle connection = peer.establish(peer.listen());
  reset();
  EXPECT_EQ(peer.receive_call(connection), "<no-connection>");
  EXPECT_EQ(peer.state(), tcp::State::Closed);
  EXPECT_TRUE(stack->outbox().empty());
}

TEST_F(SlirpReset, LeavesNoDescriptorOpenAndNoFile) {
  std::string folder = testing::TempDir() + "/slirp-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  setenv("TMPDIR", folder.c_str(), 1);
  reset();
  const std::size_t descriptors = entries_of("/proc/self/fd");
  for (int i = 0; i < 10'000; ++i) {
    reset();
    TestPeer peer(*stack);
    const tcp::Handle listener = peer.listen();
    peer.establish(listener);
    TestPeer other(*stack, wire::IpVersion::V4, kPeerPort + 1);
    other.send(Syn, {});
    stack->call({.kind = Connect, .peer = pristine(wire::IpVersion::V4).peer});
    if (i % 2 == 0) other.call(Abort, listener);
  }
  reset();
  EXPECT_EQ(entries_of("/proc/self/fd"), descriptors);
  EXPECT_EQ(entries_of(folder), 0U);
  unsetenv("TMPDIR");
  std::filesystem::remove(folder);
}

TEST_F(SlirpReset, GivesAForkedProcessAnApplicationOfItsOwn) {
  reset();
  const auto connects = [&] {
    reset();
    TestPeer peer(*stack);
    return peer.establish(peer.listen()) != tcp::kNoHandle;
  };
  const pid_t child = fork();
  if (child == 0) _exit(connects() ? 0 : 1);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(connects());
  int status = 1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST_F(SlirpReset, OutlivesOctetsOfEveryKindAndSize) {
  reset();
  std::mt19937_64 random(1);
  TestPeer peer(*stack);
  peer.listen();
  for (std::size_t i = 0; i < 20'000; ++i) {
    std::vector<std::uint8_t> octets(i % 100 == 0 ? 65'536 + i : random() % 200);
    for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(random());
    if (!octets.empty() && i % 2 == 0) octets[0] = i % 4 == 0 ? 0x45 : 0x60;
    stack->deliver(octets);
    stack->settle();
  }
  stack->advance(1h);
  stack->outbox().clear();
  TestPeer fresh(*stack, wire::IpVersion::V4, kPeerPort + 1);
  fresh.send(Syn, {});
  EXPECT_EQ(fresh.next(), "SYN,ACK seq=0 ack=1");
}

}  // namespace
}  // namespace tcprove::adapter::slirp
