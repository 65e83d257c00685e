#include "harness/cli/play_octets.hpp"

#include <cstdint>
#include <random>

#include <gtest/gtest.h>

#include "harness/monitor/rules.hpp"
#include "harness/testing/trace_builder.hpp"

namespace tcprove::cli {
namespace {

using engine::Outcome;
using Octets = std::vector<std::uint8_t>;

constexpr std::chrono::microseconds kWall{42};

Outcome failed() {
  Outcome outcome{.kind = Outcome::Kind::Failed, .virtual_time = std::chrono::hours(87600)};
  outcome.mismatch = engine::Mismatch{.step = 3,
                                      .at = base::Instant(std::chrono::seconds(9)),
                                      .event = 7,
                                      .expected = "ACK ack=1",
                                      .actual = std::string("\0\xff", 2),
                                      .fields = {"seq", "ack"}};
  return outcome;
}

/// One that an event shows and one that none does.
std::vector<monitor::Violation> violations() {
  std::vector<monitor::Violation> both;
  for (const monitor::Rule* rule : {&monitor::all_rules().front(), &monitor::all_rules().back()}) {
    both.push_back({.requirement = std::string(rule->requirement),
                    .level = rule->level,
                    .section = std::string(rule->section),
                    .rule = std::string(rule->name),
                    .message = std::string("\0\xff", 2),
                    .at = base::Instant(std::chrono::seconds(2))});
  }
  both[0].event = 4;
  return both;
}

Octets whole_play() {
  const trace::Trace trace = testing::TraceBuilder().established().build();
  return play_to_octets(failed(), violations(), kWall, &trace);
}

TEST(PlayOctets, BringBackWhatFailed) {
  const trace::Trace trace = testing::TraceBuilder().established().build();
  const std::optional<Play> play = play_from_octets(whole_play());
  ASSERT_TRUE(play.has_value());
  EXPECT_EQ(play->wall_time, kWall);
  EXPECT_EQ(play->outcome.kind, Outcome::Kind::Failed);
  EXPECT_EQ(play->outcome.virtual_time, std::chrono::hours(87600));
  ASSERT_TRUE(play->outcome.mismatch.has_value());
  EXPECT_EQ(play->outcome.mismatch->step, 3U);
  EXPECT_EQ(play->outcome.mismatch->at, base::Instant(std::chrono::seconds(9)));
  EXPECT_EQ(play->outcome.mismatch->event, 7U);
  EXPECT_EQ(play->outcome.mismatch->expected, "ACK ack=1");
  EXPECT_EQ(play->outcome.mismatch->actual, std::string("\0\xff", 2));
  EXPECT_EQ(play->outcome.mismatch->fields, (std::vector<std::string>{"seq", "ack"}));
  ASSERT_TRUE(play->trace.has_value());
  EXPECT_EQ(play->trace->to_octets(), trace.to_octets());
}

TEST(PlayOctets, BringBackTheCellsExercised) {
  tcp::CellSet cells;
  cells.add(tcp::Cell::at(0));
  cells.add(tcp::Cell::at(tcp::kCellCount - 1));
  const auto play = play_from_octets(play_to_octets({}, violations(), kWall, nullptr, cells));
  ASSERT_TRUE(play.has_value());
  EXPECT_EQ(play->cells, cells);
}

TEST(PlayOctets, BringBackWhatTheStackChose) {
  Outcome outcome;
  outcome.choices = {{.step = 3, .taken = 1}, {.step = 9, .taken = 10}};
  profile::Facts facts;
  facts[profile::Quantity::MssV4].add(1460);
  facts[profile::Quantity::IssPerSecond].add(-7);
  facts.on_syn = 1;
  facts.on_syn_ack = 2;
  facts.on_others = 4;
  const auto play = play_from_octets(play_to_octets(outcome, {}, kWall, nullptr, {}, facts));
  ASSERT_TRUE(play.has_value());
  EXPECT_EQ(play->outcome.choices, outcome.choices);
  EXPECT_EQ(play->facts, facts);
}

TEST(PlayOctets, BringBackWhatTheMonitorFound) {
  const std::optional<Play> play = play_from_octets(whole_play());
  ASSERT_TRUE(play.has_value());
  ASSERT_EQ(play->violations.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const monitor::Violation& came = play->violations[i];
    const monitor::Violation went = violations()[i];
    EXPECT_EQ(came.requirement, went.requirement);
    EXPECT_EQ(came.level, went.level);
    EXPECT_EQ(came.section, went.section);
    EXPECT_EQ(came.rule, went.rule);
    EXPECT_EQ(came.message, went.message);
    EXPECT_EQ(came.at, went.at);
    EXPECT_EQ(came.event, went.event);
  }
}

TEST(PlayOctets, RefuseARuleThatIsNone) {
  Octets octets = play_to_octets({}, violations(), kWall, nullptr);
  // Magic, kind, an empty reason, two times, no mismatch, the count.
  constexpr std::size_t kRuleAt = 8 + 1 + 8 + 8 + 8 + 1 + 8;
  ASSERT_EQ(octets[kRuleAt], 0);
  octets[kRuleAt] = static_cast<std::uint8_t>(monitor::all_rules().size() - 1);
  EXPECT_TRUE(play_from_octets(octets).has_value());
  octets[kRuleAt] = static_cast<std::uint8_t>(monitor::all_rules().size());
  EXPECT_FALSE(play_from_octets(octets).has_value());
}

TEST(PlayOctets, BelieveNoCountBeyondWhatFollows) {
  Octets octets = play_to_octets({}, {}, kWall, nullptr);
  constexpr std::size_t kCountAt = 8 + 1 + 8 + 8 + 8 + 1;
  octets[kCountAt + 7] = 0x7f;
  EXPECT_FALSE(play_from_octets(octets).has_value());
}

TEST(PlayOctets, BringBackEveryKindWithoutATrace) {
  for (const auto kind : {Outcome::Kind::Held, Outcome::Kind::Unsupported, Outcome::Kind::Error}) {
    const auto play =
        play_from_octets(play_to_octets({.kind = kind, .reason = "why"}, {}, kWall, nullptr));
    ASSERT_TRUE(play.has_value());
    EXPECT_EQ(play->outcome.kind, kind);
    EXPECT_EQ(play->outcome.reason, "why");
    EXPECT_FALSE(play->outcome.mismatch.has_value());
    EXPECT_FALSE(play->trace.has_value());
  }
}

TEST(PlayOctets, TellNoEventFromTheFirst) {
  Outcome outcome = failed();
  outcome.mismatch->event.reset();
  const auto none = play_from_octets(play_to_octets(outcome, {}, kWall, nullptr));
  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(none->outcome.mismatch->event.has_value());
  outcome.mismatch->event = 0;
  const auto first = play_from_octets(play_to_octets(outcome, {}, kWall, nullptr));
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->outcome.mismatch->event, 0U);
}

TEST(PlayOctets, RefuseEveryTruncation) {
  const Octets whole = whole_play();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(play_from_octets(wire::Octets(whole).first(size)).has_value()) << size;
  }
}

TEST(PlayOctets, RefuseWhatFollowsTheEnd) {
  Octets more = play_to_octets(failed(), {}, kWall, nullptr);
  more.push_back(0);
  EXPECT_FALSE(play_from_octets(more).has_value());
}

TEST(PlayOctets, RefuseAFailureWithoutAMismatch) {
  EXPECT_FALSE(play_from_octets(play_to_octets({.kind = Outcome::Kind::Failed}, {}, kWall, nullptr))
                   .has_value());
}

TEST(PlayOctets, RefuseAKindThatIsNone) {
  Octets octets = play_to_octets({}, {}, kWall, nullptr);
  constexpr std::size_t kKindAt = 8;
  octets[kKindAt] = 5;
  EXPECT_FALSE(play_from_octets(octets).has_value());
}

TEST(PlayOctets, SurviveAnyOverwrittenOctet) {
  const Octets whole = whole_play();
  std::mt19937 random(1);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{0x7f}, std::uint8_t{0xff},
                                     static_cast<std::uint8_t>(random())}) {
      Octets changed = whole;
      changed[at] = value;
      const std::optional<Play> play = play_from_octets(changed);
      refused += play ? 0 : 1;
      if (play) {
        EXPECT_EQ(play->outcome.mismatch.has_value(), play->outcome.kind == Outcome::Kind::Failed);
      }
    }
  }
  EXPECT_GT(refused, 0U);
}

TEST(PlayOctets, RefuseNoise) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 300; ++size) {
    Octets noise(size);
    for (std::uint8_t& octet : noise) octet = static_cast<std::uint8_t>(random());
    EXPECT_FALSE(play_from_octets(noise).has_value());
  }
}

}  // namespace
}  // namespace tcprove::cli
