#include "harness/monitor/monitor.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "harness/base/allocation_count.hpp"
#include "harness/monitor/ladder_notation.hpp"

namespace tcprove::monitor {
namespace {

std::vector<Violation> judge_text(const char* text) {
  const Ladder ladder = parse_ladder(text);
  EXPECT_EQ(ladder.error, std::nullopt);
  return judge(ladder.trace, ladder.facts);
}

TEST(Monitor, SaysWhatWhereAndBySection) {
  const std::vector<Violation> violations = judge_text(R"(
given: passive
10ms > ACK seq=1 ack=1 len=100
10ms < ACK seq=1 ack=102)");
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].requirement, "3.4-ack-is-cumulative");
  EXPECT_EQ(violations[0].section, "3.4");
  EXPECT_EQ(violations[0].rule, "ack-not-beyond-received");
  EXPECT_EQ(violations[0].level, Level::Must);
  EXPECT_EQ(violations[0].event, 8U);
  EXPECT_EQ(violations[0].message,
            "it acknowledges 102, and what reached the stack in order ends at 101");
}

TEST(Monitor, FollowsAConnectionNoLongerOnceItsNumbersMakeNoSense) {
  const std::vector<Violation> violations = judge_text(R"(
given: passive
10ms < ACK seq=1 ack=500
20ms < ACK seq=1 ack=600
30ms < RST seq=9)");
  EXPECT_EQ(violations.size(), 1U);
}

TEST(Monitor, JudgesTheNextConnectionOnTheSamePortsAfresh) {
  const std::vector<Violation> violations = judge_text(R"(
given: passive
10ms < ACK seq=1 ack=500
20ms > RST seq=1
stack-iss: 777777
30ms > SYN seq=0 options=<mss 1460>
30ms < SYN,ACK seq=0 ack=1 options=<mss 1460>
40ms > ACK seq=1 ack=1 len=10
40ms < ACK seq=1 ack=12)");
  ASSERT_EQ(violations.size(), 2U);
  EXPECT_EQ(violations[1].rule, "ack-not-beyond-received");
  EXPECT_EQ(violations[1].at, base::Instant(std::chrono::milliseconds(40)));
}

TEST(Monitor, TellsARuleThatIsAlwaysBrokenALimitedNumberOfTimes) {
  Ladder ladder = parse_ladder("given: passive");
  Ladder bad = parse_ladder("10ms < ACK seq=1 ack=1 reserved=1");
  const trace::Event emitted = bad.trace.events()[0];
  for (int i = 0; i < 1000; ++i) ladder.trace.append(emitted, bad.trace.octets_of(emitted));
  const std::vector<Violation> violations = judge(ladder.trace, {});
  EXPECT_EQ(std::ranges::count(violations, "reserved-bits-are-zero", &Violation::rule),
            Monitor::kViolationsPerRuleMax);
}

TEST(Monitor, OnARealClockADeadlineJustPassedProvesNothing) {
  Ladder ladder = parse_ladder(R"(
given: passive
10ms > ACK seq=1 ack=1 len=100
600ms < ACK seq=1 ack=101)");
  EXPECT_EQ(judge(ladder.trace, {.virtual_clock = false}).size(), 0U);
  EXPECT_EQ(judge(ladder.trace, {.virtual_clock = true}).size(), 1U);
}

TEST(Monitor, AllocatesNothingForAnEventOfALegalTrace) {
  const Ladder ladder = parse_ladder(R"(
given: passive
10ms > ACK seq=1 ack=1 len=1000
10ms < ACK seq=1 ack=1001
20ms > ACK seq=2001 ack=1 len=1000
20ms < ACK seq=1 ack=1001
30ms > ACK seq=1001 ack=1 len=1000
30ms < ACK seq=1 ack=3001
40ms call receive -> ok len=3000
50ms call send len=1460 -> ok
50ms < ACK seq=1 ack=3001 len=1460
1050ms < ACK seq=1 ack=3001 len=1460
1060ms > ACK seq=3001 ack=1461)");
  ASSERT_EQ(ladder.error, std::nullopt);
  Monitor monitor(ladder.facts);
  const auto play = [&] {
    monitor.restart(ladder.trace.connections);
    const auto events = ladder.trace.events();
    for (std::size_t i = 0; i < events.size(); ++i) {
      monitor.observe(events[i], ladder.trace.octets_of(events[i]), i);
    }
    monitor.finish();
  };
  play();
  const std::size_t before = base::allocation_count();
  play();
  // finish() may take a buffer for its stable sort.
  EXPECT_LE(base::allocation_count() - before, 1U);
  EXPECT_TRUE(monitor.violations().empty());
}

/// Events of every kind with octets that are random, or a real packet with some of them changed.
trace::Trace hostile_trace(std::mt19937& random) {
  const Ladder seed = parse_ladder(R"(
given: passive
10ms > ACK seq=1 ack=1 len=100
10ms < ACK seq=1 ack=101
20ms call close -> ok
20ms < FIN,ACK seq=1 ack=101
30ms > FIN,ACK seq=101 ack=2
30ms < ACK seq=2 ack=102
30ms state TIME-WAIT)");
  const auto seeds = seed.trace.events();
  trace::Trace trace;
  trace.connections = seed.trace.connections;
  for (int i = 0; i < 200; ++i) {
    trace::Event event = seeds[random() % seeds.size()];
    const wire::Octets octets = seed.trace.octets_of(event);
    std::vector<std::uint8_t> changed(octets.begin(), octets.end());
    for (std::uint32_t change = random() % 4; change > 0 && !changed.empty(); --change) {
      changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
    }
    if (random() % 8 == 0) changed.resize(random() % 80);
    if (random() % 8 == 0) event.at = base::Instant(std::chrono::milliseconds(random() % 1000000));
    if (random() % 16 == 0) event.connection = static_cast<trace::ConnectionIndex>(random() % 3);
    trace.append(event, changed);
  }
  return trace;
}

TEST(Monitor, SurvivesHostileTraces) {
  std::mt19937 random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): a test repeats octet for octet.
  for (int i = 0; i < 300; ++i) {
    const trace::Trace trace = hostile_trace(random);
    for (const bool complete : {true, false}) {
      for (const Violation& v : judge(trace, {.complete = complete})) {
        EXPECT_FALSE(v.rule.empty());
      }
    }
  }
}

}  // namespace
}  // namespace tcprove::monitor
