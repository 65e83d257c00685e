#include "harness/cli/play_faults.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "harness/adapter/registry.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/played_result.hpp"
#include "harness/engine/workers.hpp"
#include "harness/trial/judged_player.hpp"

namespace tcprove::cli {
namespace {

using engine::Outcome;
using report::Verdict;

/// A play takes milliseconds, also under sanitizers.
constexpr std::chrono::seconds kHangsAfter{5};

/// What has been seen of one fault.
struct Seen {
  bool steps = false;
  bool rule = false;
  bool crashed = false;

  [[nodiscard]] bool all() const { return crashed || (steps && rule); }
  void note(const Sighting& sighting) {
    steps = steps || sighting.steps != Verdict::Pass;
    rule = rule || !sighting.rule.empty();
    crashed = crashed || sighting.steps == Verdict::Error;
  }
};

std::vector<std::uint8_t> to_octets(const Sighting& sighting) {
  if (sighting.steps == Verdict::Pass && sighting.rule.empty()) return {};
  std::vector<std::uint8_t> octets{static_cast<std::uint8_t>(sighting.steps)};
  octets.insert(octets.end(), sighting.rule.begin(), sighting.rule.end());
  octets.push_back(0);
  octets.insert(octets.end(), sighting.reason.begin(), sighting.reason.end());
  return octets;
}

/// Reads what to_octets() wrote; anything else, from a worker that its stack has overwritten, is an
/// error of that stack.
void from_octets(wire::Octets octets, Sighting& sighting) {
  if (octets.empty()) return;
  const auto rule_end = std::find(octets.begin() + 1, octets.end(), 0);
  const auto steps = static_cast<Verdict>(octets.front());
  const bool known = steps == Verdict::Pass || steps == Verdict::Fail || steps == Verdict::Warn ||
                     steps == Verdict::Error;
  if (!known || rule_end == octets.end()) {
    sighting.steps = Verdict::Error;
    sighting.reason = "the worker's answer cannot be read";
    return;
  }
  sighting.steps = steps;
  sighting.rule.assign(octets.begin() + 1, rule_end);
  sighting.reason.assign(rule_end + 1, octets.end());
}

/// Lives in a worker, with one stack at a time.
class FaultRunner : public engine::JobRunner {
 public:
  FaultRunner(const FaultPlays& plays, std::vector<Seen> seen)
      : plays_(plays), seen_(std::move(seen)) {}

  std::vector<std::uint8_t> run(std::size_t play) override {
    Sighting sighting{.fault = play / plays_.jobs.size(), .job = play % plays_.jobs.size()};
    Seen& seen = seen_[sighting.fault];
    if (seen.all()) return {};
    take_stack(sighting.fault);
    look(sighting);
    seen.note(sighting);
    return to_octets(sighting);
  }

  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  void take_stack(std::size_t fault) {
    if (player_ && fault == fault_) return;
    player_.reset();
    adapter_.reset();  // Of some stacks a process holds one.
    auto adapter = adapter::make_adapter(plays_.targets[fault]);
    TCPROVE_CHECK(adapter.ok(), "a fault's target is one of the registry's");
    adapter_ = std::move(adapter.value());
    player_.emplace(*adapter_);
    fault_ = fault;
  }

  void look(Sighting& sighting) {
    const PlayJob& job = plays_.jobs[sighting.job];
    const report::ScenarioResult& correct = plays_.correct[sighting.job];
    const trial::Judged judged = player_->play(plan_of(job), plays_.seed);
    const bool held = judged.outcome.kind == Outcome::Kind::Held;
    if (!held && correct.steps_held) {
      const report::ScenarioResult result =
          result_of(job, {.outcome = judged.outcome}, plays_.catalogue, nullptr);
      // An option that the stack does not take is no fault.
      if (result.verdict != Verdict::Unsupported) {
        sighting.steps = result.verdict;
        sighting.reason = result.reason;
      }
    }
    for (const monitor::Violation& violation : judged.violations) {
      const bool speaks_anyway =
          violation.level == monitor::Level::May ||
          std::ranges::any_of(correct.violations, [&](const monitor::Violation& known) {
            return known.rule == violation.rule;
          });
      if (speaks_anyway) continue;
      sighting.rule = violation.rule;
      return;
    }
  }

  const FaultPlays& plays_;
  std::vector<Seen> seen_;
  std::unique_ptr<adapter::Adapter> adapter_;
  std::optional<trial::JudgedPlayer> player_;
  std::size_t fault_ = 0;
};

}  // namespace

std::string play_faults(const FaultPlays& plays, const FaultEvents& events) {
  std::vector<Seen> seen(plays.targets.size());
  std::size_t finished = 0;
  const auto take = [&](const Sighting& sighting) {
    seen[sighting.fault].note(sighting);
    if (sighting.steps != Verdict::Pass || !sighting.rule.empty()) events.seen(sighting);
    events.progress(++finished);
  };
  const auto sighting_of = [&plays](std::size_t play) {
    return Sighting{.fault = play / plays.jobs.size(), .job = play % plays.jobs.size()};
  };
  return engine::run_jobs(
      plays.jobs.size() * plays.targets.size(), {.workers = plays.workers, .job_time = kHangsAfter},
      // A worker that takes a crashed one's place knows what was seen until then.
      [&] { return std::make_unique<FaultRunner>(plays, seen); },
      {.done =
           [&](std::size_t play, wire::Octets octets) {
             Sighting sighting = sighting_of(play);
             from_octets(octets, sighting);
             take(sighting);
           },
       .lost =
           [&](const engine::LostJob& lost) {
             Sighting sighting = sighting_of(lost.job);
             if (plays.correct[sighting.job].steps_held) {
               sighting.steps = Verdict::Error;
               sighting.reason = lost.reason;
             }
             take(sighting);
           },
       .interrupted = interrupted});
}

}  // namespace tcprove::cli
