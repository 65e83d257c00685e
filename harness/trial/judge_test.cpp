#include "harness/trial/judge.hpp"

#include <gtest/gtest.h>

#include "harness/testing/trace_builder.hpp"

namespace tcprove::trial {
namespace {

using namespace std::chrono_literals;
using enum wire::Flag;
using testing::TraceBuilder;

/// A connection that somebody listened for.
TraceBuilder opened() {
  TraceBuilder t;
  t.called(tcp::CallKind::Listen).answered(tcp::CallKind::Listen, tcp::CallStatus::Ok);
  t.established();
  return t;
}

/// Data that nothing acknowledges, up to the last event.
trace::Trace unacknowledged() {
  TraceBuilder t = opened();
  return t.step().sent({.ctl = Ack, .seq = 1, .ack = 1, .len = 10}).build();
}

std::size_t found(const trace::Trace& trace, std::optional<base::Instant> settled) {
  return Judge(monitor::StackFacts{}).judge(trace, settled).size();
}

TEST(Judge, KnowsThatTimePassedAfterTheLastEvent) {
  EXPECT_EQ(found(unacknowledged(), base::Instant(0s)), 0U);
  Judge judge({});
  const trace::Trace trace = unacknowledged();
  const auto violations = judge.judge(trace, base::Instant(501ms));
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].rule, "ack-within-500ms");
}

TEST(Judge, DemandsNothingAtTheEndOfATraceThatWasCutOff) {
  TraceBuilder t = opened();
  t.step().sent({.ctl = Ack, .seq = 1, .ack = 1, .len = 10}).waited(2s);
  EXPECT_EQ(found(t.build(), std::nullopt), 0U);
}

TEST(Judge, ForgetsOneTraceBeforeTheNext) {
  Judge judge({});
  EXPECT_EQ(judge.judge(unacknowledged(), base::Instant(1s)).size(), 1U);
  EXPECT_EQ(judge.judge(opened().build(), base::Instant(1s)).size(), 0U);
}

TEST(StepOf, AViolationIsThatOfItsEvent) {
  const trace::Trace trace = unacknowledged();
  EXPECT_EQ(step_of({.event = 2}, trace), 0U);
  EXPECT_EQ(step_of({.event = trace.events().size() - 1}, trace), 3U);
}

TEST(StepOf, AViolationWithoutEventIsTheOneUnderWayThen) {
  TraceBuilder t;
  t.step().waited(1s);
  t.step().waited(1s);
  const trace::Trace trace = t.build();
  EXPECT_EQ(step_of({.at = base::Instant(500ms)}, trace), trace::kNoStep);
  EXPECT_EQ(step_of({.at = base::Instant(1500ms)}, trace), 0U);
  EXPECT_EQ(step_of({.at = base::Instant(9s)}, trace), 1U);
  EXPECT_EQ(step_of({.at = base::Instant(9s)}, trace::Trace()), trace::kNoStep);
}

}  // namespace
}  // namespace tcprove::trial
