#include "harness/profile/observe.hpp"

#include <gtest/gtest.h>

#include "harness/testing/trace_builder.hpp"

namespace tcprove::profile {
namespace {

using namespace std::chrono_literals;
using enum wire::Flag;
using base::Duration;
using tcp::CallKind;
using tcp::CallStatus;
using tcp::State;
using testing::TraceBuilder;

Range times(Duration least, Duration most, std::uint64_t count) {
  return {.least = least.count(), .most = most.count(), .count = count};
}

Range once(std::int64_t value) { return {.least = value, .most = value, .count = 1}; }
Range once(Duration d) { return once(d.count()); }

TraceBuilder open() { return TraceBuilder().established(); }

Facts of(TraceBuilder& trace) { return observe(trace.build()); }

TEST(Profile, TellsWhatTheSynsSay) {
  const std::vector<wire::Option> options{wire::MaximumSegmentSize{.octets = 1400},
                                          wire::NoOperation{}, wire::WindowScale{.shift = 3},
                                          wire::SackPermitted{}};
  TraceBuilder trace;
  trace.emitted({.ctl = Syn, .wnd = 5000, .options = options});
  trace.sent({.ctl = Syn | Ack, .ack = 1, .options = {wire::WindowScale{.shift = 1}}});
  trace.emitted({.ctl = Ack, .seq = 1, .ack = 1, .wnd = 100, .options = {wire::Timestamps{}}});
  const Facts facts = of(trace);
  EXPECT_EQ(facts[Quantity::MssV4], once(1400));
  EXPECT_FALSE(facts[Quantity::MssV6].seen());
  EXPECT_EQ(facts[Quantity::WindowShift], once(3));
  EXPECT_EQ(facts[Quantity::SynWindow], once(5000));
  EXPECT_EQ(facts[Quantity::Window], once(800));
  EXPECT_EQ(facts[Quantity::HopLimit].least, 64);
  EXPECT_EQ(facts.on_syn, 0b00111U);
  EXPECT_EQ(facts.on_syn_ack, 0U);
  EXPECT_EQ(facts.on_others, 0b10000U);
}

TEST(Profile, MeasuresTheTimeoutAndItsBackOff) {
  TraceBuilder trace;
  trace.emitted({.ctl = Syn}).later(3s).emitted({.ctl = Syn}).later(6s).emitted({.ctl = Syn});
  trace.later(12s).state(State::Closed);
  const Facts facts = of(trace);
  EXPECT_EQ(facts[Quantity::SynTimeout], once(3s));
  EXPECT_EQ(facts[Quantity::SynBackOff], once(2000));
  EXPECT_EQ(facts[Quantity::LongestTimeout].most, Duration(6s).count());
  EXPECT_EQ(facts[Quantity::SynRetransmissions], once(2));
  EXPECT_EQ(facts[Quantity::SynGivenUpAfter], once(21s));
  EXPECT_FALSE(facts[Quantity::DataTimeout].seen());
}

TEST(Profile, MeasuresNoTimeoutThatAnArrivalOrACallDisturbs) {
  for (const bool call : {false, true}) {
    TraceBuilder trace = open();
    trace.emitted({.ctl = Ack, .seq = 1, .ack = 1, .len = 10}).later(500ms);
    if (call) {
      trace.called(CallKind::Receive).answered(CallKind::Receive, CallStatus::WouldBlock);
    } else {
      trace.sent({.ctl = Ack, .seq = 1, .ack = 1});
    }
    trace.later(500ms).emitted({.ctl = Ack, .seq = 1, .ack = 1, .len = 10});
    EXPECT_FALSE(of(trace)[Quantity::DataTimeout].seen());
  }
}

TEST(Profile, TakesNoUpperBoundOfTheTimeoutForABackOff) {
  TraceBuilder trace = open();
  for (const Duration wait : {0s, 32s, 60s, 60s}) {
    trace.later(wait).emitted({.ctl = Ack, .seq = 1, .ack = 1, .len = 10});
  }
  EXPECT_FALSE(of(trace)[Quantity::DataBackOff].seen());
}

TEST(Profile, MeasuresHowLateAnAckIs) {
  TraceBuilder trace = open();
  trace.sent({.ctl = Ack, .seq = 1, .ack = 1, .len = 10}).later(200ms);
  trace.emitted({.ctl = Ack, .seq = 1, .ack = 11});
  trace.sent({.ctl = Ack, .seq = 11, .ack = 1, .len = 10});
  trace.sent({.ctl = Ack, .seq = 21, .ack = 1, .len = 10}).later(10ms);
  trace.emitted({.ctl = Ack, .seq = 1, .ack = 31});
  EXPECT_EQ(of(trace)[Quantity::AckDelay], once(200ms)) << "the second one was not alone";
}

TEST(Profile, NarrowsDownHowLongTimeWaitLasts) {
  TraceBuilder trace = open();
  trace.state(State::TimeWait).waited(119s).waited(2s).state(State::Closed);
  const Facts facts = of(trace);
  EXPECT_EQ(facts[Quantity::TimeWaitAtLeast], once(119s));
  EXPECT_EQ(facts[Quantity::TimeWaitAtMost], once(121s));

  TraceBuilder disturbed = open();
  disturbed.state(State::TimeWait).waited(1s).sent({.ctl = Fin | Ack, .seq = 1, .ack = 2});
  disturbed.waited(120s).state(State::Closed);
  EXPECT_FALSE(of(disturbed)[Quantity::TimeWaitAtMost].seen());

  TraceBuilder unfinished = open();
  unfinished.state(State::TimeWait).waited(30s);
  EXPECT_EQ(of(unfinished)[Quantity::TimeWaitAtLeast], once(30s));
}

/// Three segments of 1,460 octets and one more of the user's.
TraceBuilder first_flight(std::size_t taken, std::uint16_t wnd) {
  TraceBuilder trace = open();
  trace.sent({.ctl = Ack, .seq = 1, .ack = 1, .wnd = wnd});
  trace.called(CallKind::Send, taken).answered(CallKind::Send, CallStatus::Ok);
  for (const std::uint32_t seq : {1U, 1461U, 2921U}) {
    trace.emitted({.ctl = Ack, .seq = seq, .ack = 1, .len = 1460});
  }
  trace.later(1s).sent({.ctl = Ack, .seq = 1, .ack = 4381});
  return trace;
}

TEST(Profile, MeasuresTheInitialWindowWhereNothingElseHeldTheStackBack) {
  TraceBuilder held = first_flight(5840, 65535);
  EXPECT_EQ(of(held)[Quantity::InitialWindow], once(4380));
  TraceBuilder done = first_flight(4380, 65535);
  EXPECT_FALSE(of(done)[Quantity::InitialWindow].seen());
  TraceBuilder narrow = first_flight(5840, 4380);
  EXPECT_FALSE(of(narrow)[Quantity::InitialWindow].seen());
}

TEST(Profile, CountsTheDuplicatesBeforeAFastRetransmission) {
  TraceBuilder trace = open();
  for (const std::uint32_t seq : {1U, 101U}) {
    trace.emitted({.ctl = Ack, .seq = seq, .ack = 1, .len = 100});
  }
  trace.later(10ms);
  for (int i = 0; i < 3; ++i) trace.sent({.ctl = Ack, .seq = 1, .ack = 1});
  trace.emitted({.ctl = Ack, .seq = 1, .ack = 1, .len = 100});
  EXPECT_EQ(of(trace)[Quantity::FastRetransmitAcks], once(3));
}

TEST(Profile, MeasuresProbesOfAClosedWindow) {
  TraceBuilder trace = open();
  trace.sent({.ctl = Ack, .seq = 1, .ack = 1, .wnd = 0});
  trace.called(CallKind::Send, 100).answered(CallKind::Send, CallStatus::Ok);
  for (const Duration wait : {1s, 2s, 4s}) {
    trace.later(wait).emitted({.ctl = Ack, .seq = 1, .ack = 1, .len = 1});
  }
  const Facts facts = of(trace);
  EXPECT_EQ(facts[Quantity::ProbeTimeout], once(1s));
  EXPECT_EQ(facts[Quantity::ProbeBackOff], (Range{.least = 2000, .most = 2000, .count = 2}));
  EXPECT_FALSE(facts[Quantity::DataTimeout].seen());
}

TEST(Profile, TellsTheLargestSegmentForAPeerThatNamesNoMss) {
  TraceBuilder trace;
  trace.sent({.ctl = Syn}).emitted({.ctl = Syn | Ack, .ack = 1});
  trace.sent({.ctl = Ack, .seq = 1, .ack = 1});
  trace.emitted({.ctl = Ack, .seq = 1, .ack = 1, .len = 536});
  EXPECT_EQ(of(trace)[Quantity::DefaultMssV4].most, 536);
  TraceBuilder named = open();
  named.emitted({.ctl = Ack, .seq = 1, .ack = 1, .len = 536});
  EXPECT_FALSE(of(named)[Quantity::DefaultMssV4].seen());
}

TEST(Profile, TellsInitialNumbersThatTheStackChose) {
  TraceBuilder trace;
  trace.emitted({.ctl = Syn}).later(2s).emitted({.ctl = Syn, .seq = 500'000});
  trace::Trace built = trace.build();
  const Facts chosen = observe(built);
  EXPECT_EQ(chosen[Quantity::IssAtReset], once(TraceBuilder::kStackIss.raw()));
  EXPECT_EQ(chosen[Quantity::IssPerSecond], once(250'000));
  built.iss_planned = true;
  const Facts planned = observe(built);
  EXPECT_FALSE(planned[Quantity::IssAtReset].seen());
  EXPECT_FALSE(planned[Quantity::IssPerSecond].seen());
}

TEST(Profile, KeepsConnectionsApart) {
  TraceBuilder trace(2);
  trace.on(0).emitted({.ctl = Syn}).later(1s);
  trace.on(1).sent({.ctl = Rst}).later(2s);
  trace.on(0).emitted({.ctl = Syn});
  EXPECT_EQ(of(trace)[Quantity::SynTimeout], times(3s, 3s, 1)) << "what comes to b disturbs not a";
}

}  // namespace
}  // namespace tcprove::profile
