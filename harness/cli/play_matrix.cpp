#include "harness/cli/play_matrix.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "harness/adapter/registry.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/trial/judged_player.hpp"
#include "harness/trial/stack_facts.hpp"

namespace tcprove::cli {
namespace {

/// The first octet of a worker's answer; behind LeftOut stands why, behind Other the play.
enum class Answer : std::uint8_t { Same, LeftOut, Other };

std::vector<std::uint8_t> answer(Answer kind, std::span<const std::uint8_t> rest = {}) {
  std::vector<std::uint8_t> octets;
  octets.reserve(rest.size() + 1);
  octets.push_back(static_cast<std::uint8_t>(kind));
  octets.insert(octets.end(), rest.begin(), rest.end());
  return octets;
}

/// Whether the play came to what its job comes to as it is written. In batches the monitor does not
/// judge, so there only the steps are compared.
bool same(const PlayDigest& digest, const MatrixPlays& plays, std::size_t play) {
  const PlayDigest& as_written = plays.as_written[play / plays.rows.size()];
  if (!plays.rows[play % plays.rows.size()].conditions.batch) return digest == as_written;
  return digest.kind == as_written.kind && digest.failed_step == as_written.failed_step;
}

/// Lives in a worker. Plays of one job follow on each other, so its plan is made once.
class MatrixRunner : public engine::JobRunner {
 public:
  explicit MatrixRunner(const MatrixPlays& plays) : plays_(plays) {}

  std::vector<std::uint8_t> run(std::size_t play) override {
    if (!player_) {
      auto adapter = adapter::make_adapter(plays_.target);
      if (!adapter) return answer(Answer::Other, error_octets(adapter.error().front().message));
      adapter_ = std::move(adapter.value());
      player_.emplace(*adapter_);
    }
    const std::size_t job = play / plays_.rows.size();
    const trial::MatrixRow& row = plays_.rows[play % plays_.rows.size()];
    take_plan(job);
    if (!plan_.unreachable.empty()) return answer(Answer::Same);
    trial::apply(row, plan_);
    if (!plan_.unreachable.empty()) {
      const std::string& why = plan_.unreachable;
      return answer(Answer::LeftOut,
                    {reinterpret_cast<const std::uint8_t*>(why.data()), why.size()});
    }
    const auto& [outcome, violations, cells] = player_->play(plan_, plays_.seed, row.conditions);
    if (same(digest_of(outcome, violations), plays_, play)) return answer(Answer::Same);
    return answer(Answer::Other, play_to_octets(outcome, violations, {}, &player_->trace(), cells));
  }

  std::vector<std::uint8_t> last_words() override {
    return player_ ? player_->trace().to_octets() : std::vector<std::uint8_t>();
  }

 private:
  /// The plan of `job` as it is written.
  void take_plan(std::size_t job) {
    if (job != job_) {
      plan_ =
          plan_of({.scenario = plays_.jobs[job].scenario, .instance = plays_.jobs[job].instance});
      job_ = job;
      peer_iss_ = plan_.peer_iss;
      stack_iss_ = plan_.stack_iss;
      needs_ = plan_.needs;
      unreachable_ = plan_.unreachable;
      return;
    }
    plan_.peer_iss = peer_iss_;
    plan_.stack_iss = stack_iss_;
    plan_.needs = needs_;
    plan_.unreachable = unreachable_;
  }

  const MatrixPlays& plays_;
  std::unique_ptr<adapter::Adapter> adapter_;
  std::optional<trial::JudgedPlayer> player_;
  std::size_t job_ = SIZE_MAX;
  plan::Plan plan_;
  // What a row changes of it.
  std::uint32_t peer_iss_ = 0;
  std::optional<std::uint32_t> stack_iss_;
  tcp::Capabilities needs_;
  std::string unreachable_;
};

}  // namespace

PlayDigest digest_of(const engine::Outcome& outcome,
                     std::span<const monitor::Violation> violations) {
  PlayDigest digest{.kind = outcome.kind, .failed_step = {}, .rules = {}};
  if (outcome.mismatch) digest.failed_step = outcome.mismatch->step;
  for (const monitor::Violation& violation : violations) digest.rules.push_back(violation.rule);
  std::ranges::sort(digest.rules);
  digest.rules.erase(std::unique(digest.rules.begin(), digest.rules.end()), digest.rules.end());
  return digest;
}

std::string play_matrix(const MatrixPlays& plays, const MatrixEvents& events) {
  trial::Judge judge(trial::facts_of(plays.profile));
  std::size_t finished = 0;
  const auto row_of = [&](std::size_t play) { return play % plays.rows.size(); };
  const auto job_of = [&](std::size_t play) { return play / plays.rows.size(); };
  const auto take = [&](std::size_t play, wire::Octets octets) {
    const std::uint8_t kind = octets.empty() ? 0xff : octets.front();
    const wire::Octets rest = octets.empty() ? octets : octets.subspan(1);
    if (kind == static_cast<std::uint8_t>(Answer::Same)) {
      events.same(row_of(play), job_of(play));
    } else if (kind == static_cast<std::uint8_t>(Answer::LeftOut)) {
      events.left_out(row_of(play), job_of(play),
                      {reinterpret_cast<const char*>(rest.data()), rest.size()});
    } else {
      events.other(row_of(play), job_of(play), play_or_error(rest));
    }
    events.progress(++finished);
  };
  return engine::run_jobs(
      plays.jobs.size() * plays.rows.size(), {.workers = plays.workers},
      [&] { return std::make_unique<MatrixRunner>(plays); },
      {.done = take,
       .lost =
           [&](const engine::LostJob& lost) {
             Play play = play_of(lost, judge);
             if (same(digest_of(play.outcome, play.violations), plays, lost.job)) {
               events.same(row_of(lost.job), job_of(lost.job));
             } else {
               events.other(row_of(lost.job), job_of(lost.job), std::move(play));
             }
             events.progress(++finished);
           },
       .interrupted = interrupted});
}

}  // namespace tcprove::cli
