#include "property/judged_play.hpp"

#include <sstream>

#include "harness/report/ladder.hpp"
#include "harness/report/ladder_marks.hpp"
#include "harness/report/ladder_text.hpp"
#include "harness/scenario/plan_printer.hpp"

namespace tcprove::property {

JudgedPlay::JudgedPlay(const adapter::Target& target) : JudgedPlay(target.make()) {}

JudgedPlay::JudgedPlay(std::unique_ptr<adapter::Adapter> stack)
    : stack_(std::move(stack)), player_(*stack_) {}

std::span<const monitor::Violation> JudgedPlay::judge(const plan::Plan& plan, std::uint64_t seed) {
  judged_ = player_.play(plan, seed);
  return judged_.violations;
}

std::string JudgedPlay::story(const plan::Plan& plan) const {
  report::ScenarioResult result{
      .violations = {judged_.violations.begin(), judged_.violations.end()},
      .peer_iss = plan.peer_iss,
      .trace = player_.trace()};
  for (const plan::Step& step : plan.steps) result.steps.push_back(step.text);
  for (const plan::Connection& c : plan.connections) result.connections.push_back(c.name);
  std::vector<report::LadderRow> rows = report::ladder_rows(result);
  std::ostringstream out;
  std::string claim = "Found by a generated ordering.";
  for (const monitor::Violation& v : judged_.violations) {
    out << v.rule << ": " << v.message << " (" << v.requirement << ")\n";
  }
  out << scenario::to_yaml(plan, claim);
  report::write_ladder(out, rows, {});
  return out.str();
}

}  // namespace tcprove::property
