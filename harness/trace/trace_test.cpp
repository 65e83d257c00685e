#include "harness/trace/trace.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

#include "harness/base/allocation_count.hpp"

namespace tcprove::trace {
namespace {

using namespace std::chrono_literals;

const std::vector<std::uint8_t> kPacket{0x45, 0x00, 0x00, 0x28};
const std::vector<std::uint8_t> kData{'o', 'k'};

wire::IpAddress address(std::string_view text) { return *wire::parse_address(text); }

void append_some(Trace& trace) {
  trace.append({.at = base::Instant(1ms), .kind = EventKind::Sent, .connection = 0, .step = 2},
               kPacket);
  trace.append({.at = base::Instant(2ms),
                .kind = EventKind::Answered,
                .connection = 1,
                .call = tcp::CallKind::Receive,
                .status = tcp::CallStatus::WouldBlock},
               kData);
  trace.append({.at = base::Instant(3min),
                .kind = EventKind::State,
                .state = tcp::State::TimeWait,
                .took = 1460});
}

Trace sample() {
  Trace trace;
  trace.connections = {{.stack = {.address = address("192.0.2.1"), .port = 7},
                        .peer = {.address = address("192.0.2.2"), .port = 40000}},
                       {.stack = {.address = address("2001:db8::1"), .port = 0},
                        .peer = {.address = address("2001:db8::2"), .port = 40001}}};
  trace.iss_planned = true;
  append_some(trace);
  return trace;
}

bool same_event(const Event& a, const Event& b) {
  return a.at == b.at && a.kind == b.kind && a.connection == b.connection && a.step == b.step &&
         a.octets_begin == b.octets_begin && a.octets_size == b.octets_size && a.call == b.call &&
         a.status == b.status && a.state == b.state && a.took == b.took;
}

TEST(Trace, KeepsEachEventsOctetsBehindIt) {
  const Trace trace = sample();
  ASSERT_EQ(trace.events().size(), 3U);
  EXPECT_TRUE(std::ranges::equal(trace.octets_of(trace.events()[0]), kPacket));
  EXPECT_TRUE(std::ranges::equal(trace.octets_of(trace.events()[1]), kData));
  EXPECT_TRUE(trace.octets_of(trace.events()[2]).empty());
  EXPECT_EQ(trace.events()[1].at, base::Instant(2ms));
}

TEST(Trace, OverwritesThePlaceOfOctetsThatTheCallerNamed) {
  Trace trace;
  trace.append({.at = base::Instant(1ms), .octets_begin = 4000, .octets_size = 4000}, kData);
  EXPECT_TRUE(std::ranges::equal(trace.octets_of(trace.events()[0]), kData));
}

TEST(Trace, DoesNotAllocateOnceWarm) {
  Trace trace;
  append_some(trace);
  trace.clear();
  const std::size_t before = base::allocation_count();
  append_some(trace);
  EXPECT_EQ(base::allocation_count(), before);
  EXPECT_EQ(trace.events().size(), 3U);
}

TEST(Trace, IsEmptyAfterClear) {
  Trace trace = sample();
  trace.clear();
  EXPECT_TRUE(trace.events().empty());
  EXPECT_TRUE(trace.connections.empty());
  EXPECT_EQ(trace.to_octets(), Trace().to_octets());
}

TEST(Trace, TakesNothingMoreOnceItIsFullOfOctets) {
  const std::vector<std::uint8_t> half(Trace::kOctetsMax / 2);
  Trace trace;
  trace.append({}, half);
  trace.append({}, half);
  EXPECT_FALSE(trace.truncated());
  trace.append({}, kData);
  EXPECT_TRUE(trace.truncated());
  trace.append({});
  EXPECT_EQ(trace.events().size(), 2U) << "an event after the gap would hide it";
  trace.clear();
  EXPECT_FALSE(trace.truncated());
}

TEST(Trace, TakesNothingMoreOnceItIsFullOfEvents) {
  Trace trace;
  for (std::size_t i = 0; i < Trace::kEventsMax; ++i) trace.append({});
  EXPECT_FALSE(trace.truncated());
  trace.append({});
  EXPECT_TRUE(trace.truncated());
  EXPECT_EQ(trace.events().size(), Trace::kEventsMax);
}

TEST(TraceOctets, AreReadBackAsTheSameTrace) {
  const Trace written = sample();
  Trace read;
  append_some(read);
  ASSERT_TRUE(read.from_octets(written.to_octets()));
  EXPECT_EQ(read.connections, written.connections);
  EXPECT_TRUE(std::ranges::equal(read.events(), written.events(), same_event));
  EXPECT_TRUE(std::ranges::equal(read.octets_of(read.events()[1]), kData));
  EXPECT_FALSE(read.truncated());
  EXPECT_TRUE(read.iss_planned);
  EXPECT_EQ(read.to_octets(), written.to_octets());
}

TEST(TraceOctets, TellThatTheTraceWasTruncated) {
  Trace written;
  written.append({}, std::vector<std::uint8_t>(Trace::kOctetsMax + 1));
  Trace read;
  ASSERT_TRUE(read.from_octets(written.to_octets()));
  EXPECT_TRUE(read.truncated());
}

TEST(TraceOctets, AreRefusedIfAnyAreMissing) {
  const std::vector<std::uint8_t> good = sample().to_octets();
  Trace trace;
  for (std::size_t size = 0; size < good.size(); ++size) {
    append_some(trace);
    // A copy of its own, so that a sanitizer sees the first octet read past the end.
    const std::vector<std::uint8_t> cut(good.begin(), good.begin() + static_cast<long>(size));
    ASSERT_FALSE(trace.from_octets(cut)) << size;
    ASSERT_TRUE(trace.events().empty());
    ASSERT_TRUE(trace.connections.empty());
  }
}

TEST(TraceOctets, AreRefusedIfAnyAreLeftOver) {
  std::vector<std::uint8_t> octets = sample().to_octets();
  octets.push_back(0);
  EXPECT_FALSE(Trace().from_octets(octets));
}

/// Where to_octets() puts what a hostile writer would lie about.
constexpr std::size_t kTruncatedAt = 8;
constexpr std::size_t kIssPlannedAt = 9;
constexpr std::size_t kConnectionCountAt = 10;
constexpr std::size_t kEventCountAt = 18;
constexpr std::size_t kFirstTupleAt = 26;
constexpr std::size_t kTupleOctets = 38;
constexpr std::size_t kEventOctets = 37;
constexpr std::size_t kFirstEventAt = kFirstTupleAt + 2 * kTupleOctets;
constexpr std::size_t kOctetsSizeInEvent = 15;

struct Hostile {
  const char* what;
  std::size_t at;
  std::uint64_t value;
  std::size_t size;
};

class TraceOctetsFromAStranger : public testing::TestWithParam<Hostile> {};

TEST_P(TraceOctetsFromAStranger, AreRefused) {
  const Hostile& hostile = GetParam();
  std::vector<std::uint8_t> octets = sample().to_octets();
  ASSERT_TRUE(Trace().from_octets(octets));
  ASSERT_LE(hostile.at + hostile.size, octets.size());
  std::memcpy(octets.data() + hostile.at, &hostile.value, hostile.size);
  Trace trace;
  EXPECT_FALSE(trace.from_octets(octets)) << hostile.what;
  EXPECT_TRUE(trace.events().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Lies, TraceOctetsFromAStranger,
    testing::Values(Hostile{"another format", 0, 0, 8},
                    Hostile{"truncated is no truth value", kTruncatedAt, 2, 1},
                    Hostile{"planned is no truth value", kIssPlannedAt, 2, 1},
                    Hostile{"endless connections", kConnectionCountAt, ~0ULL, 8},
                    Hostile{"one connection too few", kConnectionCountAt, 1, 8},
                    Hostile{"more events than fit", kEventCountAt, ~0ULL, 8},
                    Hostile{"more events than follow", kEventCountAt, Trace::kEventsMax, 8},
                    Hostile{"no IP version", kFirstTupleAt, 5, 1},
                    Hostile{"no event kind", kFirstEventAt + 8, 8, 1},
                    Hostile{"octets that are not there", kFirstEventAt + kOctetsSizeInEvent,
                            0xffffffff, 4},
                    Hostile{"no call kind", kFirstEventAt + 19, tcp::kCallKindCount, 1},
                    Hostile{"no call status", kFirstEventAt + 20, 11, 1},
                    Hostile{"no state", kFirstEventAt + 21, 11, 1}));

/// The octets of a trace with so many events, all zero; the last has so many zero octets.
std::vector<std::uint8_t> zeros(std::uint64_t events, std::uint32_t octets_of_last) {
  std::vector<std::uint8_t> octets = Trace().to_octets();
  octets.resize(kFirstTupleAt + events * kEventOctets + octets_of_last);
  std::memcpy(&octets[kEventCountAt], &events, sizeof events);
  const std::size_t last_event_at = kFirstTupleAt + (events - 1) * kEventOctets;
  std::memcpy(&octets[last_event_at + kOctetsSizeInEvent], &octets_of_last, sizeof octets_of_last);
  return octets;
}

TEST(TraceOctets, AreRefusedWhereNoTraceCouldHaveHeldThem) {
  EXPECT_TRUE(Trace().from_octets(zeros(3, 100)));
  EXPECT_FALSE(Trace().from_octets(zeros(Trace::kEventsMax + 1, 0)));
  EXPECT_FALSE(Trace().from_octets(zeros(1, Trace::kOctetsMax + 1)));
}

}  // namespace
}  // namespace tcprove::trace
