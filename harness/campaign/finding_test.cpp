#include "harness/campaign/finding.hpp"

#include <gtest/gtest.h>

namespace tcprove::campaign {
namespace {

using tcp::State;
using trace::EventKind;

trace::Trace trace_through(std::initializer_list<State> states) {
  trace::Trace trace;
  trace.connections.emplace_back();
  for (const State state : states) {
    trace.append({.kind = EventKind::State, .connection = 0, .state = state});
  }
  trace.append({.kind = EventKind::Emitted, .connection = 0});
  return trace;
}

trial::Judged judged(const std::vector<monitor::Violation>& violations) {
  return {.outcome = {}, .violations = violations, .cells = {}};
}

TEST(Finding, IsOneByRequirementRuleAndState) {
  const trace::Trace trace = trace_through({State::Listen, State::Established});
  const std::vector<monitor::Violation> twice(
      2, {.requirement = "MUST-13", .rule = "lasts", .message = "119s", .event = 2});
  const auto shown = findings_of(judged(twice), trace);
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(stem_of(shown.front().kind), "MUST-13.lasts.ESTABLISHED");
}

TEST(Finding, KnowsTheStateBeforeItsEventAndNotAfterwards) {
  trace::Trace trace = trace_through({State::Listen});
  trace.append({.kind = EventKind::State, .connection = 0, .state = State::Closed});
  const std::vector<monitor::Violation> one{{.requirement = "MUST-1", .rule = "r", .event = 1}};
  EXPECT_EQ(findings_of(judged(one), trace).front().kind.state, "LISTEN");
}

TEST(Finding, IsNotWhatTheRfcLeavesOpen) {
  const std::vector<monitor::Violation> open{
      {.requirement = "MAY-1", .level = monitor::Level::May}};
  EXPECT_TRUE(findings_of(judged(open), trace_through({})).empty());
}

TEST(Finding, OfADeathHasNoNumbersThatVary) {
  const auto kind = [](std::string_view reason) { return finding_of_death(reason).kind; };
  const FindingKind crash = kind(
      "the stack crashed: Aborted; it printed: Assertion \"insane offset!\" failed at line 12");
  EXPECT_EQ(crash, kind("the stack crashed: Aborted; it printed: Assertion \"insane offset!\" "
                        "failed at line 13"));
  EXPECT_NE(crash, kind("the stack crashed: Segmentation fault"));
  EXPECT_EQ(stem_of(crash), "crash.Aborted-Assertion-insane-offset");
  EXPECT_EQ(stem_of(kind("the stack hung: no end after 5000 ms")), "hang");
}

TEST(Finding, IsAPlayThatDoesNotEnd) {
  trial::Judged endless;
  endless.outcome.kind = engine::Outcome::Kind::Error;
  endless.outcome.reason = "the stack emitted more than 100000 packets in one step";
  const auto shown = findings_of(endless, trace_through({}));
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(stem_of(shown.front().kind), "endless.the-stack-emitted-more-than-packets-in-one-step");
}

}  // namespace
}  // namespace tcprove::campaign
