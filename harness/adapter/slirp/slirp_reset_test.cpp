#include <cstdlib>
#include <filesystem>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/adapter/slirp/slirp_adapter.hpp"
#include "harness/adapter/test_peer.hpp"

namespace tcprove::adapter::slirp {
namespace {

using namespace std::chrono_literals;
using enum tcp::CallKind;
using enum wire::Flag;

std::size_t entries_of(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder),
                                                std::filesystem::directory_iterator()));
}

class SlirpReset : public testing::Test {
 protected:
  void reset() { stack->reset(pristine(wire::IpVersion::V4)); }

  std::unique_ptr<Adapter> stack = make_slirp_adapter();
};

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

}  // namespace
}  // namespace tcprove::adapter::slirp
