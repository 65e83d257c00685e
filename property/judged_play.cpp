#include "property/judged_play.hpp"

#include <sstream>

#include "harness/report/ladder.hpp"
#include "harness/report/ladder_marks.hpp"
#include "harness/report/ladder_text.hpp"
#include "harness/scenario/plan_printer.hpp"

namespace tcprove::property {

monitor::StackFacts facts_of(const adapter::StackProfile& profile) {
  const tcp::Capabilities& offered = profile.capabilities;
  return {.msl = profile.msl,
          .challenge_ack = offered.has(tcp::Capability::ChallengeAck),
          .virtual_clock = offered.has(tcp::Capability::VirtualTime)};
}

JudgedPlay::JudgedPlay(const adapter::Target& target) : stack_(target.make()), player_(*stack_) {}

const std::vector<monitor::Violation>& JudgedPlay::judge(const plan::Plan& plan) {
  outcome_ = player_.play(plan, 1);
  return violations_ = monitor::judge(player_.trace(), facts());
}

std::string JudgedPlay::story(const plan::Plan& plan) const {
  report::ScenarioResult result{
      .violations = violations_, .peer_iss = plan.peer_iss, .trace = player_.trace()};
  for (const plan::Step& step : plan.steps) result.steps.push_back(step.text);
  for (const plan::Connection& c : plan.connections) result.connections.push_back(c.name);
  std::vector<report::LadderRow> rows = report::ladder_rows(result, false);
  std::ostringstream out;
  std::string claim = "Found by a generated ordering.";
  for (const monitor::Violation& v : violations_) {
    out << v.rule << ": " << v.message << " (" << v.requirement << ")\n";
  }
  out << scenario::to_yaml(plan, claim);
  report::write_ladder(out, rows, {});
  return out.str();
}

}  // namespace tcprove::property
