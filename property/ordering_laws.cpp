#include <algorithm>

#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/scenario/plan_printer.hpp"
#include "property/target_law.hpp"
#include "property/twin_traces.hpp"

// Laws of generated orderings, on every stack that is built into this binary.

namespace tcprove::property {
namespace {

constexpr std::size_t kSwarmAt = 7;  ///< Of a plan's octets: the classes that are switched off.
constexpr std::uint8_t kBroken = 0x01;
constexpr std::uint8_t kOptions = 0x02;
constexpr std::size_t kSwarmMoreAt = 8;
constexpr std::uint8_t kIcmp = 0x01;
constexpr std::uint8_t kIpFields = 0x08;

void check_on_all(const Law& law) {
  for (const adapter::Target& target : targets_under_test()) check_on_plans(target, law);
}

const adapter::Target& reference() {
  return *std::ranges::find(adapter::targets(), std::string_view("reference"),
                            &adapter::Target::name);
}

/// No violation and no warning: of the reference stack none at all, of another those that are
/// known.
TEST(OrderingLaws, NoTargetBreaksARuleButAsIsKnown) {
  for (const adapter::Target& target : targets_under_test()) {
    check_on_plans(target, [&target](JudgedPlay& play, wire::Octets octets) -> std::string {
      for (const monitor::Violation& v : play.judge(plan::plan_of(octets))) {
        const bool binds = v.level != monitor::Level::May;
        if (binds && known_of(target).find_rule(v.rule) == nullptr) return "it breaks " + v.rule;
      }
      return {};
    });
  }
}

TEST(OrderingLaws, AGeneratedPlanIsPlayedToItsEnd) {
  check_on_all([](JudgedPlay& play, wire::Octets octets) -> std::string {
    play.judge(plan::plan_of(octets));
    return play.outcome().kind == engine::Outcome::Kind::Held ? "" : play.outcome().reason + "!";
  });
}

TEST(OrderingLaws, TheSamePlanGivesTheSameTraceAndTheSameVerdict) {
  check_on_all([](JudgedPlay& play, wire::Octets octets) -> std::string {
    const plan::Plan plan = plan::plan_of(octets);
    const auto told = [&play, &plan] {
      std::string text;
      for (const monitor::Violation& v : play.judge(plan)) text += v.rule + v.message;
      return text;
    };
    const std::string verdict = told();
    const auto trace = play.trace().to_octets();
    if (told() != verdict) return "another verdict";
    return play.trace().to_octets() == trace ? "" : "another trace";
  });
}

TEST(OrderingLaws, APrintedPlanIsPlayedAsThePlan) {
  check_on_all([](JudgedPlay& play, wire::Octets octets) -> std::string {
    const plan::Plan plan = plan::plan_of(octets);
    play.judge(plan);
    const auto trace = play.trace().to_octets();
    const auto read =
        scenario::Loader({.specs_root = {}}).read(scenario::to_yaml(plan, "A."), "printed.yaml");
    if (!read) return base::to_string(read.error());
    plan::Plan printed = read.value().plan(read.value().instances.front());
    printed.needs = plan.needs;  // Those that its calls imply would make it unsupported.
    play.judge(printed);
    return play.trace().to_octets() == trace ? "" : "its scenario gives another trace";
  });
}

/// The options that a stack offers, and its MSS, differ with the IP version's header; so the peer
/// names an MSS that both can, and sends little at once.
std::string version_changes_the_trace(JudgedPlay& play, wire::Octets octets) {
  std::vector<std::uint8_t> small(octets.begin(), octets.end());
  small.resize(std::max(small.size(), plan::kHeaderOctets));
  small[kSwarmAt] |= kBroken | kOptions;
  small[kSwarmMoreAt] |= kIcmp | kIpFields;  // Each version has its own.
  constexpr std::size_t kLenAt = 9;
  for (std::size_t at = plan::kHeaderOctets; at < small.size(); at += plan::kStepOctets) {
    if (at + kLenAt < small.size()) small[at + kLenAt] %= 5;
  }
  plan::Plan plan = plan::plan_of(small);
  plan.peer.syn_options = {{.kind = 2, .data = {2, 24}}};  // <mss 536>
  plan.stack_iss = plan.stack_iss.value_or(5000);
  plan.needs = {};
  plan.ip = wire::IpVersion::V4;
  play.judge(plan);
  const std::string v4 = relative_story(play.trace(), plan);
  plan.ip = wire::IpVersion::V6;
  play.judge(plan);
  return difference(v4, relative_story(play.trace(), plan));
}

TEST(OrderingLaws, Ipv4AndIpv6GiveTheSameTrace) { check_on_all(version_changes_the_trace); }

TEST(OrderingLaws, TheyDoNotWhereTheIpv6ChecksumIsWrong) {
  EXPECT_TRUE(is_broken_by("checksum-wrong-over-ipv6", version_changes_the_trace));
}

std::string shift_changes_the_trace(JudgedPlay& play, wire::Octets octets) {
  plan::Plan plan = plan::plan_of(octets);
  plan.stack_iss = 5000;
  plan.peer_iss = 70'000;
  play.judge(plan);
  const std::string before = relative_story(play.trace(), plan);
  for (const std::uint32_t iss : {0x7fff'fff0U, 0x8000'0000U, 0xffff'fff0U, 0xffff'0000U}) {
    plan.stack_iss = iss;
    plan.peer_iss = iss - 5;
    play.judge(plan);
    const std::string why = difference(before, relative_story(play.trace(), plan));
    if (!why.empty()) return why;
  }
  return {};
}

TEST(OrderingLaws, ShiftingBothIssShiftsTheReferencesTraceAndNothingElse) {
  check_on_plans(reference(), shift_changes_the_trace);
}

TEST(OrderingLaws, ItDoesNotWhereNumbersAreComparedAsIntegers) {
  EXPECT_TRUE(is_broken_by("seq-cmp-unsigned", shift_changes_the_trace));
  EXPECT_TRUE(is_broken_by("seq-sign-boundary-2g", shift_changes_the_trace));
  EXPECT_TRUE(is_broken_by("zero-left-out", shift_changes_the_trace));
}

/// Before every step comes one that would change much if its checksum were right.
std::string bad_checksum_changes_the_trace(JudgedPlay& play, wire::Octets octets) {
  const plan::Plan plan = plan::plan_of(octets);
  play.judge(plan);
  const std::string before = absolute_story(play.trace());
  plan::Plan disturbed = plan;
  disturbed.steps.clear();
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    plan::SegmentText bad{.ctl = i % 2 == 0 ? wire::Flags(wire::Flag::Rst)
                                            : wire::Flags(wire::Flag::Ack)};
    bad.seq = plan::Expr{.terms = {{.symbol = plan::Symbol::RcvNxt}}};
    bad.wnd = plan::Expr{};
    bad.checksum_bad = true;
    plan::Step& step = disturbed.steps.emplace_back();
    step.action = plan::Send{.sent = {bad}, .arrive = {0}};
    step.connection = plan.steps[i].connection;
    disturbed.steps.push_back(plan.steps[i]);
  }
  play.judge(disturbed);
  return difference(before, absolute_story(play.trace()));
}

TEST(OrderingLaws, ASegmentWithABadChecksumChangesNothing) {
  check_on_all(bad_checksum_changes_the_trace);
}

TEST(OrderingLaws, ItDoesWhereChecksumsAreNotVerified) {
  EXPECT_TRUE(is_broken_by("checksum-not-verified", bad_checksum_changes_the_trace));
  EXPECT_TRUE(is_broken_by("checksum-unverified", bad_checksum_changes_the_trace));
}

/// Before every step comes a RST from far before the window (RFC 9293 section 3.10.7.4, first).
std::string outside_reset_changes_the_trace(JudgedPlay& play, wire::Octets octets) {
  plan::Plan plan = plan::plan_of(octets);
  plan.stack_iss = 5000;  // lwIP is known to take an empty ACK field for one that is 0.
  // lwIP looks first for the connection that a segment came for last, whatever became of it.
  const auto words = [](const JudgedPlay& played, const plan::Plan& p) {
    return emissions_of(played.trace(), p, 0) + emissions_of(played.trace(), p, 1);
  };
  play.judge(plan);
  const std::string before = words(play, plan);
  plan::Plan disturbed = plan;
  disturbed.steps.clear();
  for (const plan::Step& step : plan.steps) {
    plan::SegmentText reset{.ctl = wire::Flag::Rst};
    reset.seq = plan::Expr{.constant = -200'000, .terms = {{.symbol = plan::Symbol::RcvNxt}}};
    plan::Step& more = disturbed.steps.emplace_back();
    more.action = plan::Send{.sent = {reset}, .arrive = {0}};
    more.connection = step.connection;
    disturbed.steps.push_back(step);
  }
  play.judge(disturbed);
  return difference(before, words(play, plan));
}

TEST(OrderingLaws, AResetOutsideTheWindowChangesNothing) {
  check_on_all(outside_reset_changes_the_trace);
}

TEST(OrderingLaws, ItDoesWhereAResetMayHaveAnyNumberOrIsAnswered) {
  EXPECT_TRUE(is_broken_by("rst-any-seq", outside_reset_changes_the_trace));
  EXPECT_TRUE(is_broken_by("rst-oow-answered", outside_reset_changes_the_trace));
  EXPECT_TRUE(is_broken_by("reset-with-any-number-taken", outside_reset_changes_the_trace));
}

/// The segments of a second connection, with calls of no user of its own, change nothing of the
/// first one's.
std::string second_changes_nothing(JudgedPlay& play, wire::Octets octets) {
  constexpr std::size_t kSettingsAt = 1;
  constexpr std::uint8_t kTwoConnections = 0x1c;
  std::vector<std::uint8_t> both(octets.begin(), octets.end());
  both.resize(std::max(both.size(), plan::kHeaderOctets));
  both[kSettingsAt] |= kTwoConnections;
  both[kSettingsAt] &= 0xfe;  // Passive: the port is not the stack's to choose.
  both[kSwarmMoreAt] |= kIcmp | kIpFields;
  plan::Plan plan = plan::plan_of(both);
  plan.stack_iss = 5000;
  const auto is_second = [](const plan::Step& step) {
    return step.connection == 1 && std::holds_alternative<plan::Send>(step.action);
  };
  // A wait ends at the same instant whoever's timer it is named after.
  std::erase_if(plan.steps, [&](plan::Step& step) {
    if (auto* wait = std::get_if<plan::Wait>(&step.action)) wait->duration.terms.clear();
    const auto* wait = std::get_if<plan::Wait>(&step.action);
    if (wait != nullptr && wait->duration.constant < 0) return true;
    return step.connection == 1 && wait == nullptr && !is_second(step);
  });
  play.judge(plan);
  const std::string with = emissions_of(play.trace(), plan, 0);
  std::erase_if(plan.steps, is_second);
  play.judge(plan);
  return difference(with, emissions_of(play.trace(), plan, 0));
}

TEST(OrderingLaws, TwoConnectionsDoNotInfluenceEachOther) { check_on_all(second_changes_nothing); }

TEST(OrderingLaws, TwoConnectionsDoWhereAResetEndsEveryListener) {
  EXPECT_TRUE(is_broken_by("listen-ended-by-rst", second_changes_nothing));
}

}  // namespace
}  // namespace tcprove::property
