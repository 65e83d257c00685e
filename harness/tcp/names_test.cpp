#include <algorithm>

#include <gtest/gtest.h>

#include "harness/tcp/capability.hpp"
#include "harness/tcp/state.hpp"
#include "harness/tcp/user_call.hpp"

namespace tcprove::tcp {
namespace {

template <std::size_t N>
bool all_named_once(std::array<std::string_view, N> names) {
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) == names.end() && !names.front().empty();
}

TEST(Names, AreDistinctAndMissNoEnumerator) {
  EXPECT_TRUE(all_named_once(kStateNames));
  EXPECT_TRUE(all_named_once(kCapabilityNames));
  EXPECT_TRUE(all_named_once(kCallNames));
  EXPECT_TRUE(all_named_once(kCallStatusNames));
}

TEST(Names, StandAtTheirEnumeratorsPlace) {
  EXPECT_EQ(to_string(State::Closed), "CLOSED");
  EXPECT_EQ(to_string(State::SynReceived), "SYN-RECEIVED");
  EXPECT_EQ(to_string(State::TimeWait), "TIME-WAIT");
  EXPECT_EQ(to_string(Capability::PassiveOpen), "passive-open");
  EXPECT_EQ(to_string(Capability::VirtualTime), "virtual-time");
  EXPECT_EQ(to_string(Capability::ChallengeAck), "challenge-ack");
  EXPECT_EQ(to_string(CallKind::Listen), "listen");
  EXPECT_EQ(to_string(CallKind::Abort), "abort");
  EXPECT_EQ(to_string(CallStatus::EndOfStream), "end-of-stream");
  EXPECT_EQ(to_string(CallStatus::Unsupported), "unsupported");
}

TEST(Names, AreReadBackAsWhatTheyName) {
  for (const std::string_view name : kStateNames) EXPECT_EQ(to_string(*parse_state(name)), name);
  for (const std::string_view name : kCapabilityNames) {
    EXPECT_EQ(to_string(*parse_capability(name)), name);
  }
  for (const std::string_view name : kCallStatusNames) {
    EXPECT_EQ(to_string(*parse_call_status(name)), name);
  }
}

TEST(Names, OfNothingKnownAreRefused) {
  EXPECT_EQ(parse_state("ESTAB"), std::nullopt);
  EXPECT_EQ(parse_state("established"), std::nullopt);
  EXPECT_EQ(parse_capability(""), std::nullopt);
  EXPECT_EQ(parse_call_status("okay"), std::nullopt);
}

TEST(States, HoldsWhatWasAddedAndNothingElse) {
  States states;
  EXPECT_TRUE(states.empty());
  states.add(State::Closed);
  states.add(State::TimeWait);
  EXPECT_TRUE(states.has(State::Closed));
  EXPECT_TRUE(states.has(State::TimeWait));
  EXPECT_FALSE(states.has(State::Listen));
}

TEST(Capabilities, HoldsWhatWasAddedAndNothingElse) {
  Capabilities capabilities;
  capabilities.add(Capability::ChallengeAck);
  EXPECT_TRUE(capabilities.has(Capability::ChallengeAck));
  EXPECT_FALSE(capabilities.has(Capability::PassiveOpen));
}

TEST(Names, OfUserOptionsAndReportsAreReadBackToo) {
  EXPECT_TRUE(all_named_once(kReportNames));
  for (const std::string_view name : kReportNames) EXPECT_EQ(to_string(*parse_report(name)), name);
  for (const UserOptionFacts& option : kUserOptions) {
    EXPECT_EQ(to_string(*parse_user_option(option.name)), option.name);
  }
  EXPECT_EQ(to_string(UserOption::ErrorReports), "error-reports");
  EXPECT_EQ(facts(UserOption::Ttl).capability, Capability::SetTtl);
  EXPECT_EQ(to_string(Report::UrgentData), "urgent-data");
  EXPECT_EQ(to_string(CallKind::Urgent), "urgent");
  EXPECT_EQ(to_string(Capability::UrgentSend), "urgent-send");
  EXPECT_EQ(parse_user_option("nagle"), std::nullopt);
}

}  // namespace
}  // namespace tcprove::tcp
