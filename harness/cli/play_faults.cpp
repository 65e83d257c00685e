#include "harness/cli/play_faults.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "harness/adapter/registry.hpp"
#include "harness/cli/fault_sight.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/engine/workers.hpp"
#include "harness/trial/judged_player.hpp"

namespace tcprove::cli {
namespace {

using report::Verdict;

/// A play takes milliseconds, also under sanitizers.
constexpr std::chrono::seconds kHangsAfter{5};

/// What has been seen of one fault.
struct Seen {
  bool steps = false;
  bool rule = false;
  bool proof = false;
  bool crashed = false;

  /// Whether a play may show more; `proves`: if it fails, it proves the fault's requirement.
  [[nodiscard]] bool wants(bool proves) const {
    return (!proof && proves) || (!crashed && (!steps || !rule));
  }
  void note(const FaultSight& sight, bool proves) {
    steps = steps || sight.steps != Verdict::Pass;
    rule = rule || !sight.rule.empty();
    proof = proof || (proves && sight.own_step);
    crashed = crashed || sight.steps == Verdict::Error;
  }
};

std::vector<std::uint8_t> to_octets(const FaultSight& sight) {
  if (sight.steps == Verdict::Pass && sight.rule.empty()) return {};
  std::vector<std::uint8_t> octets{static_cast<std::uint8_t>(sight.steps),
                                   sight.own_step ? std::uint8_t{1} : std::uint8_t{0}};
  octets.insert(octets.end(), sight.rule.begin(), sight.rule.end());
  octets.push_back(0);
  octets.insert(octets.end(), sight.reason.begin(), sight.reason.end());
  return octets;
}

/// Reads what to_octets() wrote; anything else, from a worker that its stack has overwritten, is an
/// error of that stack.
void from_octets(wire::Octets octets, FaultSight& sight) {
  if (octets.empty()) return;
  constexpr std::size_t kHeadOctets = 2;
  const auto head_end =
      octets.begin() + static_cast<std::ptrdiff_t>(std::min(kHeadOctets, octets.size()));
  const auto rule_end = std::find(head_end, octets.end(), 0);
  const auto steps = static_cast<Verdict>(octets.front());
  const bool known = steps == Verdict::Pass || steps == Verdict::Fail || steps == Verdict::Warn ||
                     steps == Verdict::Error;
  if (!known || rule_end == octets.end()) {
    sight.steps = Verdict::Error;
    sight.reason = "the worker's answer cannot be read";
    return;
  }
  sight.steps = steps;
  sight.own_step = octets[1] != 0;
  sight.rule.assign(head_end, rule_end);
  sight.reason.assign(rule_end + 1, octets.end());
}

/// Lives in a worker, with one stack at a time.
class FaultRunner : public engine::JobRunner {
 public:
  FaultRunner(const FaultPlays& plays, std::vector<Seen> seen)
      : plays_(plays), seen_(std::move(seen)) {}

  std::vector<std::uint8_t> run(std::size_t play) override {
    const std::size_t fault = play / plays_.jobs.size();
    const std::size_t job = play % plays_.jobs.size();
    Seen& seen = seen_[fault];
    const bool proves = plays_.may_prove(job, fault);
    if (!seen.wants(proves)) return {};
    take_stack(fault);
    const FaultSight sight = look(plays_, job, *player_);
    seen.note(sight, proves);
    return to_octets(sight);
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
    const FaultSight& sight = sighting.sight;
    seen[sighting.fault].note(sight, plays.may_prove(sighting.job, sighting.fault));
    if (sight.steps != Verdict::Pass || !sight.rule.empty()) events.seen(sighting);
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
             from_octets(octets, sighting.sight);
             take(sighting);
           },
       .lost =
           [&](const engine::LostJob& lost) {
             Sighting sighting = sighting_of(lost.job);
             if (plays.correct[sighting.job].steps_held) {
               sighting.sight.steps = Verdict::Error;
               sighting.sight.reason = lost.reason;
             }
             take(sighting);
           },
       .interrupted = interrupted});
}

}  // namespace tcprove::cli
