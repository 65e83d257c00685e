#include "harness/campaign/offered_part.hpp"

#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"

namespace tcprove::campaign {
namespace {

using tcp::Capability;

/// Of one connection that the peer opens; each of its steps is a call.
OctetVector octets_of_calls(std::initializer_list<plan::Call> calls) {
  plan::Plan plan = plan::plan_of({});
  plan.steps.clear();
  for (const plan::Call& call : calls) plan.steps.emplace_back().action = call;
  return plan::octets_of(plan).value();
}

plan::Call send_urgent() {
  return {.kind = tcp::CallKind::Send, .octets = plan::Expr{.constant = 1}, .urgent = true};
}

tcp::Capabilities passive_sender() {
  tcp::Capabilities offered;
  for (const Capability c : {Capability::PassiveOpen, Capability::UserSend, Capability::Ipv4}) {
    offered.add(c);
  }
  return offered;
}

TEST(OfferedPart, LeavesOutCallsThatAreNotOffered) {
  const OctetVector octets =
      octets_of_calls({{.kind = tcp::CallKind::Listen}, {.kind = tcp::CallKind::Connect}});
  EXPECT_EQ(offered_part(octets, passive_sender()),
            octets_of_calls({{.kind = tcp::CallKind::Listen}}));
}

TEST(OfferedPart, SendsUrgentDataAsData) {
  plan::Call plain = send_urgent();
  plain.urgent = false;
  EXPECT_EQ(offered_part(octets_of_calls({send_urgent()}), passive_sender()),
            octets_of_calls({plain}));
}

TEST(OfferedPart, KeepsTheOctetsWhereAllIsOffered) {
  tcp::Capabilities offered = passive_sender();
  offered.add(Capability::UrgentSend);
  OctetVector octets = octets_of_calls({send_urgent()});
  octets.push_back(7);  // Half a record, which a plan's own octets would not have.
  EXPECT_EQ(offered_part(octets, offered), octets);
}

TEST(OfferedPart, IsPlayedWhereTheWholeIsUnsupported) {
  const OctetVector octets = octets_of_calls({send_urgent()});
  EXPECT_FALSE(passive_sender().covers(scenario_plan_of(octets).needs));
  const OctetVector part = offered_part(octets, passive_sender());
  EXPECT_TRUE(passive_sender().covers(scenario_plan_of(part).needs));
}

}  // namespace
}  // namespace tcprove::campaign
