#include "fuzz/played_steps.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "harness/adapter/registry.hpp"
#include "harness/base/check.hpp"
#include "harness/base/octet_stream.hpp"
#include "harness/engine/player.hpp"
#include "harness/engine/workers.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::fuzz {
namespace {

using PlanOf = std::function<plan::Plan(std::size_t)>;
using trace::EventKind;

/// The steps that held, each with the last of its events, or that of the one before it.
std::vector<PlayedStep> steps_of(const plan::Plan& plan, const engine::Outcome& outcome,
                                 const trace::Trace& trace) {
  using Kind = engine::Outcome::Kind;
  std::vector<PlayedStep> steps;
  if (outcome.kind != Kind::Held && outcome.kind != Kind::Failed) return steps;
  steps.resize(outcome.mismatch ? outcome.mismatch->step : plan.steps.size());
  for (const trace::Event& event : trace.events()) {
    if (event.step >= steps.size()) continue;
    PlayedStep& step = steps[event.step];
    step.at = event.at.time_since_epoch();
    const bool received = event.kind == EventKind::Answered && event.call == tcp::CallKind::Receive;
    if (received) step.received += event.octets_size;
    if (event.kind != EventKind::Sent) continue;
    const wire::Packet packet = wire::decode(trace.octets_of(event));
    step.text.push_back(packet.has_segment() ? packet.segment.payload.size() : 0);
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    steps[i].at = std::max(steps[i].at, steps[i - 1].at);
  }
  if (outcome.kind == Kind::Held && !steps.empty()) steps.back().at = outcome.virtual_time;
  return steps;
}

class StepPlayer : public engine::JobRunner {
 public:
  StepPlayer(const std::string& target, const PlanOf& plan_of)
      : plan_of_(plan_of), stack_(make_stack(target)), player_(*stack_) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    const plan::Plan plan = plan_of_(job);
    const engine::Outcome outcome = player_.play(plan, 1);
    base::OctetsWriter out;
    for (const PlayedStep& step : steps_of(plan, outcome, player_.trace())) {
      out.put(std::int64_t{step.at.count()});
      out.put(std::uint64_t{step.received});
      out.put(std::uint64_t{step.text.size()});
      for (const std::size_t octets : step.text) out.put(std::uint64_t{octets});
    }
    return std::move(out).take();
  }

  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  static std::unique_ptr<adapter::Adapter> make_stack(const std::string& target) {
    auto stack = adapter::make_adapter(target);
    TCPROVE_CHECK(stack.ok(), "the target is known");
    return std::move(stack.value());
  }

  const PlanOf& plan_of_;
  std::unique_ptr<adapter::Adapter> stack_;
  engine::Player player_;
};

}  // namespace

std::vector<std::vector<PlayedStep>> play_steps(const std::string& target, std::size_t count,
                                                const PlanOf& plan_of) {
  std::vector<std::vector<PlayedStep>> played(count);
  const auto make = [&]() -> std::unique_ptr<engine::JobRunner> {
    return std::make_unique<StepPlayer>(target, plan_of);
  };
  const auto done = [&played](std::size_t job, wire::Octets octets) {
    base::OctetsReader in(octets);
    while (in.good() && !in.good_at_end()) {
      PlayedStep step{.at = base::Duration(in.get<std::int64_t>())};
      step.received = in.get<std::uint64_t>();
      for (auto left = in.get<std::uint64_t>(); in.good() && left > 0; --left) {
        step.text.push_back(in.get<std::uint64_t>());
      }
      if (in.good()) played[job].push_back(step);
    }
  };
  const std::string failure = engine::run_jobs(
      count, {.workers = 2}, make,
      {.done = done, .lost = [](const engine::LostJob&) {}, .interrupted = [] { return false; }});
  TCPROVE_CHECK(failure.empty(), "workers can be started");
  return played;
}

}  // namespace tcprove::fuzz
