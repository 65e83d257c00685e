#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/adapter/registry.hpp"
#include "harness/engine/player.hpp"
#include "harness/monitor/monitor.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove {
namespace {

using Deviations = std::map<std::string, std::string>;

/// What a target is known to do against the RFC, by rule, with the place in its source.
const std::map<std::string, Deviations, std::less<>>& known_deviations() {
  static const std::map<std::string, Deviations, std::less<>> kKnown{
      {"lwip", {}},
      {"reference", {}},
  };
  return kKnown;
}

monitor::StackFacts facts_of(const adapter::StackProfile& profile) {
  const tcp::Capabilities& offered = profile.capabilities;
  return {.msl = profile.msl,
          .challenge_ack = offered.has(tcp::Capability::ChallengeAck),
          .virtual_clock = offered.has(tcp::Capability::VirtualTime)};
}

/// Plays every scenario on `target` and answers what the monitor found, a line each.
std::vector<std::string> violations_of(const adapter::Target& target) {
  std::vector<std::string> lines;
  const std::filesystem::path root = std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs";
  const auto scenarios = scenario::load_scenarios({}, {.specs_root = root});
  EXPECT_TRUE(scenarios.ok());
  if (!scenarios.ok()) return lines;
  const std::unique_ptr<adapter::Adapter> stack = target.make();
  engine::Player player(*stack);
  for (const scenario::Scenario& scenario : scenarios.value()) {
    for (const scenario::Instance& instance : scenario.instances) {
      const engine::Outcome outcome = player.play(scenario.plan(instance), 1);
      if (outcome.kind == engine::Outcome::Kind::Unsupported) continue;
      for (const monitor::Violation& v : judge(player.trace(), facts_of(stack->profile()))) {
        lines.push_back(fmt::format("{} {} at {}: {}", v.rule, instance.id,
                                    base::to_string(v.at.time_since_epoch()), v.message));
      }
    }
  }
  return lines;
}

TEST(JudgedSuite, NoTargetBreaksARuleButAsIsKnown) {
  for (const adapter::Target& target : adapter::targets()) {
    const auto known = known_deviations().find(target.name);
    for (const std::string& line : violations_of(target)) {
      const std::string rule = line.substr(0, line.find(' '));
      const bool expected = known != known_deviations().end() && known->second.contains(rule);
      EXPECT_TRUE(expected) << target.name << ": " << line;
    }
  }
}

}  // namespace
}  // namespace tcprove
