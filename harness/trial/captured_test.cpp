#include "harness/trial/captured.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/testing/trace_builder.hpp"
#include "harness/trial/judge.hpp"
#include "harness/wire/pcapng.hpp"

namespace tcprove::trial {
namespace {

using namespace std::chrono_literals;
using enum wire::Flag;
using testing::TraceBuilder;
using trace::EventKind;
using OctetVector = std::vector<std::uint8_t>;

/// The packets of `trace` in a capture that begins an hour after 1970.
OctetVector captured(const trace::Trace& trace) {
  std::ostringstream out;
  wire::PcapngWriter writer(out, "");
  for (const trace::Event& event : trace.events()) {
    const bool to_stack = event.kind == EventKind::Sent || event.kind == EventKind::Lost;
    if (!to_stack && event.kind != EventKind::Emitted) continue;
    writer.write(event.at + 1h,
                 to_stack ? wire::PcapngWriter::Direction::ToStack
                          : wire::PcapngWriter::Direction::FromStack,
                 trace.octets_of(event), "");
  }
  const std::string text = out.str();
  return {text.begin(), text.end()};
}

StackSide side(const char* address, std::uint16_t port = 0) {
  return {.address = *wire::parse_address(address), .port = port};
}

trace::Trace two_connections() {
  TraceBuilder t(2);
  t.on(0).established();
  t.later(2s).on(1).established();
  return t.build();
}

TEST(Captured, TakesTheOutboundSideForTheStack) {
  const OctetVector file = captured(two_connections());
  const Captured all = read_capture(file, std::nullopt);
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.frames, 6U);
  EXPECT_EQ(all.others, 0U);
  ASSERT_EQ(all.connections.size(), 2U);
  const trace::Trace& second = all.connections[1].trace;
  ASSERT_EQ(second.events().size(), 3U);
  EXPECT_EQ(second.connections, (std::vector{two_connections().connections[1]}));
  EXPECT_EQ(second.events()[0].kind, EventKind::Sent);
  EXPECT_EQ(second.events()[1].kind, EventKind::Emitted);
  EXPECT_EQ(second.events()[1].at, base::Instant(2s)) << "from the capture's first frame";
  EXPECT_TRUE(all.connections[1].begins);
}

TEST(Captured, TakesTheSideThatIsNamed) {
  const OctetVector file = captured(two_connections());
  EXPECT_EQ(read_capture(file, side("192.0.2.1")).connections.size(), 2U);
  EXPECT_EQ(read_capture(file, side("192.0.2.1", 8)).connections.size(), 0U);
  const Captured other = read_capture(file, side("192.0.2.2", 40001));
  ASSERT_EQ(other.connections.size(), 1U);
  EXPECT_EQ(other.connections[0].trace.events()[0].kind, EventKind::Emitted);
  EXPECT_EQ(other.others, 3U);
  const Captured none = read_capture(file, side("192.0.2.3"));
  EXPECT_EQ(none.connections.size(), 0U);
  ASSERT_EQ(none.sources.size(), 3U);
  EXPECT_EQ(none.sources[1].port, 7);
}

TEST(Captured, KnowsWhetherTheStacksNumbersAreKnown) {
  TraceBuilder t;
  t.sent({.ctl = Ack, .seq = 1, .ack = 1}).emitted({.ctl = Ack, .seq = 1, .ack = 1});
  const Captured all = read_capture(captured(t.build()), std::nullopt);
  ASSERT_EQ(all.connections.size(), 1U);
  EXPECT_FALSE(all.connections[0].begins);
}

TEST(Captured, BeginsAmidAConnectionAlsoWhereAnotherFollows) {
  TraceBuilder t;
  t.sent({.ctl = Ack, .seq = 1, .ack = 1}).emitted({.ctl = Rst, .seq = 1});
  t.established();
  EXPECT_TRUE(read_capture(captured(t.build()), std::nullopt).connections.at(0).begins);
  TraceBuilder u;
  u.emitted({.ctl = Ack, .seq = 1, .ack = 1});
  u.established();
  EXPECT_FALSE(read_capture(captured(u.build()), std::nullopt).connections.at(0).begins);
}

TEST(Captured, LastsNoLongerThanItMay) {
  TraceBuilder t(2);
  t.on(0).established();
  t.later(24h * 365 * 100).on(1).established();
  const OctetVector file = captured(t.build());
  const Captured all = read_capture(file, std::nullopt);
  ASSERT_EQ(all.connections.size(), 2U);
  EXPECT_EQ(all.connections[1].trace.events()[1].at, base::Instant(kCapturedSpanMax));
}

TEST(Captured, IsJudgedByWhatItShows) {
  TraceBuilder t;
  t.established();
  t.sent({.ctl = Ack, .seq = 1, .ack = 1, .wnd = 60000});
  const trace::Trace legal = t.build();
  TraceBuilder u;
  u.established();
  u.emitted({.ctl = Ack, .seq = 1, .ack = 1, .options = {wire::MaximumSegmentSize{.octets = 9}}});
  Judge judge(capture_facts());
  const auto rules = [&judge](const trace::Trace& trace) {
    const Captured all = read_capture(captured(trace), std::nullopt);
    std::vector<std::string> found;
    for (const auto& violation : judge.judge(all.connections.at(0).trace, std::nullopt)) {
      found.push_back(violation.rule);
    }
    return found;
  };
  EXPECT_EQ(rules(legal), std::vector<std::string>());
  EXPECT_EQ(rules(u.build()), std::vector<std::string>{"mss-option-only-on-syn"});
}

TEST(Captured, TellsWhatIsWrongWithTheFileBehindWhatIsRight) {
  OctetVector file = captured(two_connections());
  file.resize(file.size() - 1);
  const Captured all = read_capture(file, std::nullopt);
  EXPECT_NE(all.error, "");
  EXPECT_EQ(all.frames, 5U);
  EXPECT_EQ(all.connections.size(), 2U);
}

TEST(Captured, LimitsConnections) {
  TraceBuilder t(static_cast<std::uint16_t>(kCapturedConnectionsMax + 1));
  for (std::size_t i = 0; i <= kCapturedConnectionsMax; ++i) {
    t.on(static_cast<trace::ConnectionIndex>(i)).sent({.ctl = Syn});
  }
  const Captured all = read_capture(captured(t.build()), std::nullopt);
  EXPECT_EQ(all.connections.size(), kCapturedConnectionsMax);
  EXPECT_EQ(all.error, "there are more than 10000 connections");
  EXPECT_EQ(all.sources.size(), kSourcesMax);
}

}  // namespace
}  // namespace tcprove::trial
