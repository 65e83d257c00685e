#include "harness/scenario/plan_printer.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/loader.hpp"

namespace tcprove::scenario {
namespace {

plan::Plan plan_of(const std::string& text) {
  const base::Result<Scenario> scenario = Loader({.specs_root = {}}).read(text, "printed.yaml");
  EXPECT_TRUE(scenario.ok()) << text << (scenario ? "" : base::to_string(scenario.error()));
  if (!scenario) return {};
  return scenario.value().plan(scenario.value().instances.front());
}

constexpr const char* kText = R"(# A claim.
role: active
ip: 6
iss: {stack: 4294967295, peer: 7}
peer: {wnd: 100, options: "<mss 536, nop, wscale 7>"}
connections: {a: {peer-port: 40000}, b: {stack-port: 9, peer-port: 40001}}
steps:
  - call: connect
    result: any
  - call: send 1000
    result: [ok, would-block]
    on: b
  - send: FIN,ACK seq=RCV.NXT-1 ack=SND.UNA+1 len=10 wnd=0 up=1 options=<kind 254 00ff length 9>
  - lose: ACK checksum=bad
  - duplicate: none checksum=4660 offset=4 reserved=5 truncate=12 ip-length=20
  - reorder: {sent: ["ACK options=<sack 1:101>", "SYN"], arrive: [2, 1, 2]}
  - wait: timer-1ns
  - state: [CLOSED, SYN-SENT]
)";

TEST(PlanPrinter, PrintsWhatReadsAsTheSamePlan) {
  EXPECT_EQ(to_yaml(plan_of(kText), "A claim."), kText);
}

TEST(PlanPrinter, LetsAPlanThatExpectsNothingObserveAnyState) {
  plan::Plan plan = plan_of(kText);
  plan.steps.pop_back();
  const std::string text = to_yaml(plan, "A claim.");
  EXPECT_NE(text.find("  - state: [CLOSED, LISTEN, SYN-SENT"), std::string::npos) << text;
  EXPECT_EQ(plan_of(text).steps.size(), plan.steps.size() + 1);
}

}  // namespace
}  // namespace tcprove::scenario
