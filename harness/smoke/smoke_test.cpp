#include <algorithm>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "harness/adapter/registry.hpp"
#include "harness/smoke/check.hpp"

namespace tcprove::smoke {
namespace {

using adapter::Adapter;
using base::Duration;
using tcp::Capability;

/// The reference stack behind an adapter that a test makes worse.
class Worse : public Adapter {
 public:
  Worse() : profile_(stack_->profile()) {}

  [[nodiscard]] const adapter::StackProfile& profile() const override { return profile_; }
  std::optional<adapter::AdapterError> reset(const adapter::ResetOptions& options) override {
    outbox().clear();
    ++resets;
    now_ = base::Instant();
    adapter::ResetOptions given = options;
    if (takes_chance) given.seed += resets;
    if (resets == resets_not_at) return std::nullopt;
    return stack_->reset(given);
  }
  void set_iss(std::optional<wire::SeqNum> iss) override {
    if (!ignores_iss) stack_->set_iss(iss);
  }
  void deliver(wire::Octets packet) override {
    stack_->deliver(packet);
    is_late_ = leaves_work;
  }
  void settle() override {
    stack_->settle();
    if (!is_late_) take(std::nullopt);
    is_late_ = false;
  }
  tcp::CallResult call(const tcp::UserCall& call) override {
    const bool known = static_cast<std::size_t>(call.kind) < tcp::kCallKindCount &&
                       static_cast<std::size_t>(call.option) < tcp::kUserOptionCount;
    if (says_yes && !known) return {};
    if (says_yes && call.kind == tcp::CallKind::Set) return {};
    tcp::CallResult result = stack_->call(call);
    take(std::nullopt);
    return result;
  }
  void advance(Duration d) override {
    now_ += d;
    stack_->advance(d);
    take(stamps_late ? std::optional(now_) : std::nullopt);
  }
  [[nodiscard]] std::optional<Duration> next_deadline() const override {
    const auto deadline = stack_->next_deadline();
    return deadline && tells_late ? std::optional(*deadline + std::chrono::seconds(2)) : deadline;
  }
  [[nodiscard]] bool knows_deadlines() const override { return true; }
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override {
    if (tells_no_state) return std::nullopt;
    return stack_->state(tuple);
  }

  void claim(Capability capability) { profile_.capabilities.add(capability); }
  void claim_only(std::initializer_list<Capability> capabilities) {
    profile_.capabilities = {};
    for (const Capability capability : capabilities) claim(capability);
  }

  bool takes_chance = false;
  std::size_t resets_not_at = 0;
  bool ignores_iss = false;
  bool leaves_work = false;
  bool says_yes = false;
  bool stamps_late = false;
  bool tells_late = false;
  bool tells_no_state = false;
  std::size_t resets = 0;

 private:
  void take(std::optional<base::Instant> at) {
    adapter::Outbox& emitted = stack_->outbox();
    for (std::size_t i = 0; i < emitted.size(); ++i) {
      outbox().push(at.value_or(emitted.at(i)), emitted.packet(i));
    }
    emitted.clear();
  }

  std::unique_ptr<Adapter> stack_ = std::move(adapter::make_adapter("reference").value());
  adapter::StackProfile profile_;
  base::Instant now_;
  bool is_late_ = false;
};

Finding look_at(std::string_view name, Adapter& adapter) {
  const auto check = std::ranges::find(checks(), name, &Check::name);
  EXPECT_NE(check, checks().end()) << name;
  Bench bench(adapter);
  return look(*check, bench);
}

/// The checks that are broken on `adapter`.
std::vector<std::string_view> broken(Adapter& adapter) {
  std::vector<std::string_view> names;
  for (const Check& check : checks()) {
    Bench bench(adapter);
    if (look(check, bench).verdict == Verdict::Broken) names.push_back(check.name);
  }
  return names;
}

using Names = std::vector<std::string_view>;

TEST(Smoke, ShowsEveryCapability) {
  for (const std::string_view name : tcp::kCapabilityNames) {
    EXPECT_EQ(std::ranges::count(checks(), name, &Check::name), 1) << name;
  }
}

TEST(Smoke, FindsNothingBrokenInAnyTarget) {
  for (const adapter::Target& target : adapter::targets()) {
    const std::unique_ptr<Adapter> adapter = target.make();
    EXPECT_EQ(broken(*adapter), Names{}) << target.name;
  }
}

TEST(Smoke, FindsEverythingWorkingInTheReference) {
  Worse same;
  for (const Check& check : checks()) {
    const auto capability = check.capability();
    if (capability && !same.profile().capabilities.has(*capability)) continue;
    const Finding finding = look_at(check.name, same);
    EXPECT_EQ(finding.verdict, Verdict::Works) << check.name << ": " << finding.why;
  }
}

TEST(Smoke, FindsAnAdapterThatTakesChance) {
  Worse worse;
  worse.takes_chance = true;
  EXPECT_EQ(broken(worse), (Names{"reset", "determinism", "timers"}));
}

TEST(Smoke, FindsAResetThatLeavesSomething) {
  Worse worse;
  worse.resets_not_at = 4;  // After the untidy play.
  const Finding finding = look_at("reset", worse);
  EXPECT_EQ(finding.verdict, Verdict::Broken);
  EXPECT_TRUE(finding.why.starts_with("played again after an untidy play, event ")) << finding.why;
}

TEST(Smoke, FindsAnIssThatIsNotUsed) {
  Worse worse;
  worse.ignores_iss = true;
  EXPECT_EQ(broken(worse), Names{"set-iss"});
}

TEST(Smoke, FindsWorkThatIsLeftAfterSettling) {
  Worse worse;
  worse.leaves_work = true;
  EXPECT_EQ(look_at("settle", worse).why, "a second settle() emitted more");
}

TEST(Smoke, FindsAnAnswerToWhatDoesNotExist) {
  Worse worse;
  worse.says_yes = true;
  const Names found = broken(worse);
  for (const char* const name : {"made-up", "set-ttl", "set-dscp", "set-keep-alive-interval"}) {
    EXPECT_NE(std::ranges::find(found, name), found.end()) << name;
  }
}

TEST(Smoke, FindsTimersThatAreStampedLate) {
  Worse worse;
  worse.stamps_late = true;
  const Finding finding = look_at("timers", worse);
  EXPECT_EQ(finding.verdict, Verdict::Broken);
  EXPECT_TRUE(finding.why.starts_with("packet 4 comes at 40s when 40 s pass at once, and at "))
      << finding.why;
}

TEST(Smoke, FindsDeadlinesThatAreToldLate) {
  Worse worse;
  worse.tells_late = true;
  const Finding finding = look_at("deadlines", worse);
  EXPECT_EQ(finding.verdict, Verdict::Broken);
  EXPECT_TRUE(finding.why.starts_with("a timer fired before the ")) << finding.why;
}

TEST(Smoke, FindsStatesThatAreClaimedAndNotTold) {
  Worse worse;
  worse.tells_no_state = true;
  EXPECT_EQ(broken(worse), Names{"introspection"});
}

/// A stack that sends no options, and says that it does.
TEST(Smoke, FindsAClaimThatTheStackDoesNotHold) {
  const auto boasts = [](std::string_view target, std::string_view name) {
    auto made = adapter::make_adapter(target);
    return look_at(name, *made.value()).verdict;
  };
  EXPECT_EQ(boasts("reference:fault=abort-without-rst", "user-abort"), Verdict::Broken);
}

TEST(Smoke, SaysWhatWorksAndIsNotClaimed) {
  Worse modest;
  modest.claim_only({Capability::PassiveOpen, Capability::Ipv4, Capability::VirtualTime});
  EXPECT_EQ(look_at("user-send", modest).verdict, Verdict::Unclaimed);
  EXPECT_EQ(look_at("ipv6", modest).verdict, Verdict::Unclaimed);
  EXPECT_EQ(look_at("set-iss", modest).verdict, Verdict::Unclaimed);
  EXPECT_EQ(broken(modest), Names{});
  modest.claim_only({Capability::PassiveOpen, Capability::Ipv4});
  EXPECT_EQ(look_at("virtual-time", modest).verdict, Verdict::Missing);
}

TEST(Smoke, NeedsAWayInAndAVersionOfIp) {
  Worse nobody;
  nobody.claim_only({Capability::PassiveOpen});
  EXPECT_EQ(look_at("profile", nobody).why, "it claims neither ipv4 nor ipv6");
  nobody.claim_only({Capability::Ipv4});
  EXPECT_EQ(look_at("profile", nobody).why, "it claims neither passive-open nor active-open");
}

}  // namespace
}  // namespace tcprove::smoke
