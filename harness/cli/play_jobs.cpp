#include "harness/cli/play_jobs.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "harness/adapter/registry.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/engine/play_time.hpp"
#include "harness/engine/player.hpp"
#include "harness/profile/observe.hpp"
#include "harness/trial/judged_player.hpp"
#include "harness/trial/stack_facts.hpp"

namespace tcprove::cli {
namespace {

using engine::Outcome;

/// Lives in a worker, with a stack of its own, which is made with the first job: so a stack that
/// cannot be made costs a job as one does that crashes later.
class PlayRunner : public engine::JobRunner {
 public:
  PlayRunner(const std::vector<PlayJob>& jobs, const PlaySettings& settings,
             const std::vector<std::size_t>& order)
      : jobs_(jobs), settings_(settings), order_(order) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    if (!player_) {
      auto adapter = adapter::make_adapter(settings_.target);
      if (!adapter) return error_octets(adapter.error().front().message);
      adapter_ = std::move(adapter.value());
      player_.emplace(*adapter_);
    }
    const PlayJob& play = jobs_[order_[job]];
    const auto begin = std::chrono::steady_clock::now();
    const plan::Plan plan = plan_of(play);
    const auto& [outcome, violations, cells] =
        player_->play(plan, settings_.seed, play.row.conditions);
    const auto wall = std::chrono::steady_clock::now() - begin;
    const bool telling =
        settings_.keep_traces || !violations.empty() ||
        (outcome.kind != Outcome::Kind::Held && outcome.kind != Outcome::Kind::Unsupported);
    return play_to_octets(
        outcome, violations, std::chrono::duration_cast<std::chrono::microseconds>(wall),
        telling ? &player_->trace() : nullptr, cells, profile::observe(player_->trace()));
  }

  std::vector<std::uint8_t> last_words() override {
    return player_ ? player_->trace().to_octets() : std::vector<std::uint8_t>();
  }

 private:
  const std::vector<PlayJob>& jobs_;
  const PlaySettings& settings_;
  const std::vector<std::size_t>& order_;
  std::unique_ptr<adapter::Adapter> adapter_;
  std::optional<trial::JudgedPlayer> player_;
};

bool is_real_time(const PlaySettings& settings) {
  return !settings.profile.capabilities.has(tcp::Capability::VirtualTime);
}

/// In which order jobs are taken. In real time a run lasts as long as its longest play, if that
/// begins first.
std::vector<std::size_t> order_of(const std::vector<PlayJob>& jobs, const PlaySettings& settings) {
  std::vector<std::size_t> order(jobs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!is_real_time(settings)) return order;
  std::vector<base::Duration> times;
  times.reserve(jobs.size());
  for (const PlayJob& job : jobs) {
    const engine::PlayTime time = engine::time_of(plan_of(job), settings.profile);
    times.push_back(time.least > engine::Player::kRealTimeMax ? base::Duration() : time.most);
  }
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t i) { return times[i]; });
  return order;
}

engine::WorkerLimits limits_of(const PlaySettings& settings) {
  engine::WorkerLimits limits{.workers = settings.workers};
  if (!is_real_time(settings)) return limits;
  // The plays' own time comes on top of the limit that holds for what a stack computes.
  limits.job_time += std::chrono::ceil<std::chrono::milliseconds>(
      engine::Player::kRealTimeMax + 2 * trial::JudgedPlayer::kShortPlay);
  return limits;
}

}  // namespace

std::size_t workers_for(const adapter::StackProfile& profile) {
  // Asleep most of the time, so that their number is bound by memory alone.
  constexpr std::size_t kOfRealTime = 256;
  // A service that others run may have room for few connections.
  if (profile.service) return 1;
  return profile.capabilities.has(tcp::Capability::VirtualTime) ? 1 : kOfRealTime;
}

std::vector<std::uint8_t> error_octets(std::string reason) {
  return play_to_octets({.kind = Outcome::Kind::Error, .reason = std::move(reason)}, {}, {},
                        nullptr, {});
}

plan::Plan plan_of(const PlayJob& job) {
  plan::Plan plan = job.scenario->plan(*job.instance);
  trial::apply(job.row, plan);
  return plan;
}

Play play_of(const engine::LostJob& lost, trial::Judge& judge) {
  Play play;
  play.outcome.kind = Outcome::Kind::Error;
  play.outcome.reason = lost.reason;
  trace::Trace trace;
  if (trace.from_octets(lost.last_words)) {
    const std::span<const monitor::Violation> violations = judge.judge(trace, std::nullopt);
    play.violations.assign(violations.begin(), violations.end());
    play.cells = judge.cells();
    play.trace = std::move(trace);
  }
  return play;
}

Play play_or_error(wire::Octets octets) {
  if (std::optional<Play> play = play_from_octets(octets)) return std::move(*play);
  Play play;
  play.outcome.kind = Outcome::Kind::Error;
  play.outcome.reason = "the worker's answer cannot be read: the stack may have overwritten it";
  return play;
}

std::string play_jobs(const std::vector<PlayJob>& jobs, const PlaySettings& settings,
                      const PlayDone& done) {
  const std::vector<std::size_t> order = order_of(jobs, settings);
  const auto make_runner = [&]() -> std::unique_ptr<engine::JobRunner> {
    return std::make_unique<PlayRunner>(jobs, settings, order);
  };
  trial::Judge judge(trial::facts_of(settings.profile));
  return engine::run_jobs(
      jobs.size(), limits_of(settings), make_runner,
      {.done = [&](std::size_t job,
                   wire::Octets octets) { done(order[job], play_or_error(octets)); },
       .lost = [&](const engine::LostJob& lost) { done(order[lost.job], play_of(lost, judge)); },
       .interrupted = interrupted});
}

}  // namespace tcprove::cli
