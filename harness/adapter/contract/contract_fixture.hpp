#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/test_peer.hpp"

namespace tcprove::adapter {

/// A stack that is built in, and the version of IP that it is to speak.
struct Subject {
  std::string_view target;
  wire::IpVersion ip = wire::IpVersion::V4;
};

/// Every stack that is built in and offers `needs`, once for each version of IP that it speaks.
std::vector<Subject> subjects(std::initializer_list<tcp::Capability> needs);
std::string name_of_subject(const testing::TestParamInfo<Subject>& subject);

/// What adapter.hpp promises, tried on a stack.
class Contract : public testing::TestWithParam<Subject> {
 protected:
  Contract();
  /// Skips where the world refuses the stack: no right to a network namespace.
  void SetUp() override;

  void reset(std::uint64_t seed = 1);
  [[nodiscard]] bool offers(tcp::Capability capability) const {
    return stack->profile().capabilities.has(capability);
  }
  /// What the stack emits next; one whose clock runs by itself has a while for it.
  std::string answer();
  /// Reads all that it emits, to the last segment.
  void read_all();
  [[nodiscard]] TestPeer another_peer(int which) {
    return TestPeer(*stack, GetParam().ip, static_cast<std::uint16_t>(kPeerPort + which));
  }

  std::unique_ptr<Adapter> stack;
  TestPeer peer;
};

/// Has the tests of `SUITE`, a Contract, tried on every stack that offers the capabilities named.
#define TCPROVE_ON_STACKS(SUITE, ...)                                                \
  INSTANTIATE_TEST_SUITE_P(Every, SUITE, testing::ValuesIn(subjects({__VA_ARGS__})), \
                           name_of_subject)

}  // namespace tcprove::adapter
