#include "harness/campaign/replay.hpp"

#include <algorithm>
#include <memory>

#include "harness/adapter/registry.hpp"
#include "harness/base/check.hpp"
#include "harness/campaign/observation_octets.hpp"
#include "harness/campaign/offered_part.hpp"
#include "harness/engine/workers.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/shrink.hpp"
#include "harness/scenario/loader.hpp"

namespace tcprove::campaign {
namespace {

/// A stack in a worker, with its judge.
class Court {
 public:
  explicit Court(const std::string& target) : stack_(make_stack(target)), player_(*stack_) {}

  std::vector<Shown> judge(const plan::Plan& plan) {
    return findings_of(player_.play(plan, 1), player_.trace());
  }
  [[nodiscard]] const trace::Trace& trace() const { return player_.trace(); }

 private:
  static std::unique_ptr<adapter::Adapter> make_stack(const std::string& target) {
    auto stack = adapter::make_adapter(target);
    TCPROVE_CHECK(stack.ok(), "the target was known before the workers were started");
    return std::move(stack.value());
  }

  std::unique_ptr<adapter::Adapter> stack_;
  trial::JudgedPlayer player_;
};

bool shows(const std::vector<Shown>& shown, const FindingKind& kind) {
  return std::ranges::find(shown, kind, &Shown::kind) != shown.end();
}

class ReplayRunner : public engine::JobRunner {
 public:
  ReplayRunner(const std::string& target, const plan::Plan& plan) : court_(target), plan_(plan) {}

  std::vector<std::uint8_t> run(std::size_t) override {
    const std::vector<Shown> shown = court_.judge(plan_);
    base::OctetsWriter out;
    out.put(std::uint64_t{shown.size()});
    for (const Shown& one : shown) put_shown(one, out);
    out.put_all(last_words());
    return std::move(out).take();
  }
  std::vector<std::uint8_t> last_words() override { return court_.trace().to_octets(); }

 private:
  Court court_;
  const plan::Plan& plan_;
};

class ShrinkRunner : public engine::JobRunner {
 public:
  ShrinkRunner(const Stack& stack, const std::vector<Culprit>& culprits)
      : court_(stack.target), offered_(stack.offered), culprits_(culprits) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    const Culprit& culprit = culprits_[job];
    const auto fails = [&](wire::Octets trial) {
      return shows(court_.judge(scenario_plan_of(trial)), culprit.kind);
    };
    const OctetVector played = offered_part(culprit.octets, offered_);
    return fails(played) ? plan::shrink(played, fails) : culprit.octets;
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  Court court_;
  const tcp::Capabilities& offered_;
  const std::vector<Culprit>& culprits_;
};

Replay play(const std::string& target, const plan::Plan& plan, std::chrono::milliseconds job_time) {
  Replay replay;
  const auto make = [&]() -> std::unique_ptr<engine::JobRunner> {
    return std::make_unique<ReplayRunner>(target, plan);
  };
  const auto done = [&](std::size_t, wire::Octets octets) {
    base::OctetsReader in(octets);
    const auto count = in.get<std::uint64_t>();
    for (std::uint64_t i = 0; i < count && in.good(); ++i) replay.shown.push_back(get_shown(in));
    replay.trace.from_octets(in.get_rest());
  };
  const auto lost = [&](const engine::LostJob& job) {
    replay.shown.push_back(finding_of_death(job.reason));
    replay.trace.from_octets(job.last_words);
  };
  (void)engine::run_jobs(1, {.workers = 1, .job_time = job_time}, make,
                         {.done = done, .lost = lost, .interrupted = [] { return false; }});
  return replay;
}

/// One process for each trial.
void shrink_carefully(const Stack& stack, Culprit& culprit,
                      const std::function<bool()>& interrupted) {
  const bool hangs = culprit.kind.rule == kHang;
  const std::chrono::milliseconds job_time{hangs ? 1000 : 10'000};
  int trials = hangs ? 40 : 1500;
  const auto fails = [&](wire::Octets trial) {
    if (trials == 0 || interrupted()) return false;
    --trials;
    return play(stack.target, scenario_plan_of(trial), job_time).find(culprit.kind) != nullptr;
  };
  const OctetVector played = offered_part(culprit.octets, stack.offered);
  if (fails(played)) culprit.octets = plan::shrink(played, fails);
}

}  // namespace

const Shown* Replay::find(const FindingKind& kind) const {
  const auto found = std::ranges::find(shown, kind, &Shown::kind);
  return found == shown.end() ? nullptr : &*found;
}

Replay replay(const std::string& target, const std::string& yaml,
              std::chrono::milliseconds job_time) {
  const auto read = scenario::Loader({.specs_root = {}}).read(yaml, "found.yaml");
  TCPROVE_CHECK(read.ok(), "a printed plan is a scenario");
  return play(target, read.value().plan(read.value().instances.front()), job_time);
}

void minimize(const Stack& stack, std::size_t workers, std::vector<Culprit>& culprits,
              const std::function<bool()>& interrupted) {
  std::vector<bool> careful;
  for (const Culprit& culprit : culprits) {
    const bool dies = culprit.kind.rule == kCrash || culprit.kind.rule == kHang;
    careful.push_back(dies);
  }
  std::vector<Culprit> plain;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < culprits.size(); ++i) {
    if (careful[i]) continue;
    plain.push_back(culprits[i]);
    places.push_back(i);
  }
  const auto make = [&]() -> std::unique_ptr<engine::JobRunner> {
    return std::make_unique<ShrinkRunner>(stack, plain);
  };
  (void)engine::run_jobs(
      plain.size(), {.workers = workers, .job_time = std::chrono::minutes(2)}, make,
      {.done =
           [&](std::size_t job, wire::Octets octets) {
             culprits[places[job]].octets.assign(octets.begin(), octets.end());
           },
       .lost = [&](const engine::LostJob& lost) { careful[places[lost.job]] = true; },
       .interrupted = interrupted});
  for (std::size_t i = 0; i < culprits.size() && !interrupted(); ++i) {
    if (careful[i]) shrink_carefully(stack, culprits[i], interrupted);
  }
}

}  // namespace tcprove::campaign
