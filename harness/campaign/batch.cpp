#include "harness/campaign/batch.hpp"

#include <algorithm>
#include <memory>

#include "harness/adapter/registry.hpp"
#include "harness/base/check.hpp"
#include "harness/campaign/observation_octets.hpp"
#include "harness/engine/workers.hpp"
#include "harness/plan/plan_octets.hpp"

namespace tcprove::campaign {
namespace {

/// Executions that one worker plays one after the other.
struct Range {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
};

/// Lives in a worker. A job's result: the execution that it is at, and the observations before.
class BatchRunner : public engine::JobRunner {
 public:
  BatchRunner(const BatchSettings& settings, const Batch& batch, const std::vector<Range>& ranges)
      : batch_(batch), ranges_(ranges), stack_(make_stack(settings.target)), player_(*stack_) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    const Range range = ranges_[job];
    covered_ = batch_.covered;
    seen_ = batch_.seen;
    observations_ = {};
    for (at_ = range.first; at_ < range.end; ++at_) play();
    return last_words();
  }

  std::vector<std::uint8_t> last_words() override {
    base::OctetsWriter out;
    out.put(at_);
    out.put_all(observations_.octets());
    return std::move(out).take();
  }

 private:
  static std::unique_ptr<adapter::Adapter> make_stack(const std::string& target) {
    auto stack = adapter::make_adapter(target);
    TCPROVE_CHECK(stack.ok(), "the target was known before the workers were started");
    return std::move(stack.value());
  }

  void play() {
    const trial::Judged judged = player_.play(plan::plan_of(batch_.plan(at_)), 1);
    if (judged.outcome.kind == engine::Outcome::Kind::Unsupported) return;
    Observation observation{.execution = at_,
                            .answered = player_.answered(),
                            .shown = findings_of(judged, player_.trace())};
    bool telling = !covered_.has_all(observation.answered);
    covered_.add_all(observation.answered);
    for (const Shown& shown : observation.shown) {
      if (seen_.insert(shown.kind).second) telling = true;
    }
    if (telling) put_observation(observation, observations_);
  }

  const Batch& batch_;
  const std::vector<Range>& ranges_;
  std::unique_ptr<adapter::Adapter> stack_;
  trial::JudgedPlayer player_;
  tcp::AnsweredCells covered_;
  std::set<FindingKind> seen_;
  std::uint64_t at_ = 0;
  base::OctetsWriter observations_;
};

/// One batch; what a death leaves of a job is played again, until nothing is left.
class BatchPlay {
 public:
  BatchPlay(const BatchSettings& settings, const Batch& batch,
            const std::function<bool()>& interrupted)
      : settings_(settings), batch_(batch), interrupted_(interrupted) {}

  BatchResult play() {
    const std::uint64_t end = batch_.first + batch_.count;
    for (std::uint64_t at = batch_.first; at < end; at += settings_.executions_per_job) {
      left_.push_back({.first = at, .end = std::min(at + settings_.executions_per_job, end)});
    }
    while (!left_.empty() && result_.error.empty() && !interrupted_()) play_what_is_left();
    std::ranges::sort(result_.telling, {}, &Observation::execution);
    return std::move(result_);
  }

 private:
  void play_what_is_left() {
    const std::vector<Range> ranges = std::exchange(left_, {});
    const auto make = [&]() -> std::unique_ptr<engine::JobRunner> {
      return std::make_unique<BatchRunner>(settings_, batch_, ranges);
    };
    result_.error = engine::run_jobs(
        ranges.size(), {.workers = settings_.workers, .job_time = settings_.job_time}, make,
        {.done =
             [&](std::size_t job, wire::Octets octets) {
               if (!take(ranges[job], octets)) split(ranges[job]);
             },
         .lost = [&](const engine::LostJob& lost) { bury(ranges[lost.job], lost); },
         .interrupted = interrupted_});
  }

  /// Takes the observations of `range` that `octets` tell of, and answers which execution was under
  /// way; nothing where they cannot be read.
  std::optional<std::uint64_t> take(Range range, wire::Octets octets) {
    base::OctetsReader in(octets);
    const auto at = in.get<std::uint64_t>();
    std::vector<Observation> observations;
    while (in.good() && !in.good_at_end()) {
      auto observation = get_observation(in);
      if (!observation || observation->execution < range.first || observation->execution >= at) {
        return std::nullopt;
      }
      observations.push_back(*std::move(observation));
    }
    if (!in.good() || at < range.first || at > range.end) return std::nullopt;
    result_.executions += at - range.first;
    std::ranges::move(observations, std::back_inserter(result_.telling));
    return at;
  }

  /// Nobody knows which execution it was: each gets a worker of its own.
  void split(Range range) {
    for (std::uint64_t at = range.first; at < range.end; ++at) {
      left_.push_back({.first = at, .end = at + 1});
    }
  }

  void bury(Range range, const engine::LostJob& lost) {
    Shown death = finding_of_death(lost.reason);
    const bool alone = range.end - range.first == 1;
    // All of the executions before may have been slow.
    if (death.kind.rule == kHang && !alone) return split(range);
    auto at = lost.last_words.empty() ? std::nullopt : take(range, lost.last_words);
    if (at == range.end) at.reset();
    if (!at && !alone) return split(range);
    const std::uint64_t execution = at.value_or(range.first);
    ++result_.executions;
    result_.telling.push_back({.execution = execution, .answered = {}, .shown = {death}});
    if (execution + 1 < range.end) left_.push_back({.first = execution + 1, .end = range.end});
  }

  const BatchSettings& settings_;
  const Batch& batch_;
  const std::function<bool()>& interrupted_;
  std::vector<Range> left_;
  BatchResult result_;
};

}  // namespace

BatchResult play_batch(const BatchSettings& settings, const Batch& batch,
                       const std::function<bool()>& interrupted) {
  return BatchPlay(settings, batch, interrupted).play();
}

}  // namespace tcprove::campaign
