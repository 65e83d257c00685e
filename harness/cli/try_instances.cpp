#include "harness/cli/try_instances.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

#include "harness/adapter/registry.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/engine/workers.hpp"

namespace tcprove::cli {
namespace {

/// All faults on one instance take as long as some hundred plays.
constexpr std::chrono::seconds kHangsAfter{60};

enum Bit : std::uint8_t { kTried = 1, kStep = 2, kRule = 4, kSilent = 8 };

/// Lives in a worker. Whatever made one instance fail is tried first on the next, which is like it.
class TrialRunner : public engine::JobRunner {
 public:
  TrialRunner(const FaultPlays& plays, const std::vector<bool>& broken, std::string correct_target)
      : plays_(plays), broken_(broken), silent_("fault=silent," + std::move(correct_target)) {
    order_.resize(plays.targets.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }

  std::vector<std::uint8_t> run(std::size_t job) override {
    const report::ScenarioResult& correct = plays_.correct[job];
    if (!correct.steps_held || correct.verdict != report::Verdict::Pass) return {};
    std::uint8_t bits = kTried;
    if (broken_[job]) bits |= kStep;
    for (std::size_t i = 0; i < order_.size() && (bits & kStep) == 0; ++i) {
      const FaultSight sight = look_at(job, plays_.targets[order_[i]]);
      if (sight.own_rule) bits |= kRule;
      if (!sight.own_step) continue;
      bits |= kStep;
      std::rotate(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(i),
                  order_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
    if (look_at(job, silent_).held) bits |= kSilent;
    return {bits};
  }

  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  FaultSight look_at(std::size_t job, const std::string& target) const {
    auto adapter = adapter::make_adapter(target);
    TCPROVE_CHECK(adapter.ok(), "a fault's target is one of the registry's");
    trial::JudgedPlayer player(*adapter.value());
    return look(plays_, job, player);
  }

  const FaultPlays& plays_;
  const std::vector<bool>& broken_;
  std::string silent_;
  std::vector<std::size_t> order_;  ///< Of the faults.
};

}  // namespace

std::string try_instances(const FaultPlays& plays, const std::vector<bool>& broken,
                          const std::string& correct_target,
                          const std::function<void(std::size_t job, const InstanceTrial&)>& done) {
  return engine::run_jobs(
      plays.jobs.size(), {.workers = plays.workers, .job_time = kHangsAfter},
      [&] { return std::make_unique<TrialRunner>(plays, broken, correct_target); },
      {.done =
           [&](std::size_t job, wire::Octets octets) {
             const std::uint8_t bits = octets.empty() ? std::uint8_t{0} : octets.front();
             done(job, {.tried = (bits & kTried) != 0,
                        .step = (bits & kStep) != 0,
                        .rule = (bits & kRule) != 0,
                        .silent = (bits & kSilent) != 0});
           },
       .lost = [&](const engine::LostJob& lost) { done(lost.job, {.tried = true, .step = true}); },
       .interrupted = interrupted});
}

}  // namespace tcprove::cli
