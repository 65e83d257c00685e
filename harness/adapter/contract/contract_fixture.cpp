#include "harness/adapter/contract/contract_fixture.hpp"

#include <algorithm>
#include <utility>

#include "harness/adapter/registry.hpp"

namespace tcprove::adapter {
namespace {

using namespace std::chrono_literals;

/// An ACK that a stack delays comes within 0.5 s (RFC 9293 MUST-58).
constexpr base::Duration kPatience = 500ms;

}  // namespace

std::vector<Subject> subjects(std::initializer_list<tcp::Capability> needs) {
  std::vector<Subject> all;
  for (const Target& target : targets()) {
    const tcp::Capabilities offered = target.make()->profile().capabilities;
    using enum tcp::Capability;
    if (!std::ranges::all_of(needs, [&](auto needed) { return offered.has(needed); })) continue;
    if (offered.has(Ipv4)) all.push_back({.target = target.name, .ip = wire::IpVersion::V4});
    if (offered.has(Ipv6)) all.push_back({.target = target.name, .ip = wire::IpVersion::V6});
  }
  return all;
}

std::string name_of_subject(const testing::TestParamInfo<Subject>& subject) {
  const bool v4 = subject.param.ip == wire::IpVersion::V4;
  return std::string(subject.param.target) + (v4 ? "V4" : "V6");
}

Contract::Contract()
    : stack(std::move(make_adapter(GetParam().target).value())), peer(*stack, GetParam().ip) {}

void Contract::SetUp() {
  if (const auto refused = stack->reset(pristine(GetParam().ip))) {
    GTEST_SKIP() << refused->message;
  }
}

void Contract::reset(std::uint64_t seed) {
  ASSERT_FALSE(stack->reset(pristine(GetParam().ip, seed)));
  peer = another_peer(0);
}

std::string Contract::answer() { return peer.next(kPatience); }

void Contract::read_all() {
  while (peer.next() != "nothing") {
  }
}

}  // namespace tcprove::adapter
