#include "harness/cli/matrix_run.hpp"

#include <algorithm>
#include <iostream>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "harness/cli/played_result.hpp"
#include "harness/cli/terminal_device.hpp"

namespace tcprove::cli {
namespace {

using report::Verdict;

/// Redraws a count in place, on a terminal alone.
class Count {
 public:
  explicit Count(std::size_t plays) : plays_(plays), redraws_(stdout_is_terminal()) {}
  ~Count() {
    if (shown_ != SIZE_MAX) std::cout << "\r\x1b[K" << std::flush;
  }
  Count(const Count&) = delete;
  Count& operator=(const Count&) = delete;

  void show(std::size_t finished) {
    const std::size_t percent = finished * 100 / plays_;
    if (!redraws_ || percent == shown_) return;
    shown_ = percent;
    std::cout << fmt::format("\r\x1b[K{:3}%  of {} plays of the matrix", percent, plays_)
              << std::flush;
  }

 private:
  std::size_t plays_;
  bool redraws_;
  std::size_t shown_ = SIZE_MAX;
};

/// A list of known deviations explains a difference where it says what a stack does in the row.
bool is_explained(Verdict in_row) { return in_row == Verdict::Xfail; }

/// A play that held where a list says that in its row it does not.
report::ScenarioResult xpass_of(const report::ScenarioResult& held, const std::string& deviation) {
  report::ScenarioResult result{.id = held.id, .instance = held.instance, .file = held.file};
  result.verdict = Verdict::Xpass;
  result.reason = "held, although it is a known deviation: " + deviation;
  return result;
}

}  // namespace

std::shared_ptr<const report::MatrixResult> run_matrix(const MatrixRun& run, std::string& failure) {
  const std::vector<trial::MatrixRow> rows = trial::matrix_rows(run.profile.capabilities);
  auto matrix = std::make_shared<report::MatrixResult>();
  for (const trial::MatrixRow& row : rows) {
    matrix->rows.push_back({.options = to_options(row), .tally = {}, .left_out = {}});
  }
  // What a row shows makes nothing stale, and excuses nothing of what is played as it is written.
  std::optional<KnownDeviations> known = run.known;
  std::vector<std::pair<std::size_t, report::MatrixDifference>> found;  // by job
  const auto note = [&](std::size_t row, std::size_t job, report::ScenarioResult result) {
    result.trace = {};
    ++matrix->rows[row].differences;
    found.emplace_back(
        job, report::MatrixDifference{
                 .row = row, .as_written = run.results[job].verdict, .result = std::move(result)});
  };
  const std::size_t plays = run.jobs.size() * rows.size();
  Count count(plays);
  const auto begin = std::chrono::steady_clock::now();
  failure = play_matrix(
      {.jobs = run.jobs,
       .as_written = run.as_written,
       .rows = rows,
       .target = run.target,
       .profile = run.profile,
       .seed = run.seed,
       .workers = run.workers},
      {.same =
           [&](std::size_t row, std::size_t job) {
             const report::ScenarioResult& as_written = run.results[job];
             const std::string held =
                 known && as_written.verdict == Verdict::Pass
                     ? known->expected_in_row(as_written.id, matrix->rows[row].options)
                     : std::string();
             matrix->rows[row].tally.add(held.empty() ? as_written.verdict : Verdict::Xpass);
             if (!held.empty()) note(row, job, xpass_of(as_written, held));
           },
       .left_out = [&](std::size_t row, std::size_t,
                       std::string_view why) { ++matrix->rows[row].left_out[std::string(why)]; },
       .other =
           [&](std::size_t row, std::size_t job, Play play) {
             PlayJob in_row = run.jobs[job];
             in_row.row = rows[row];
             report::ScenarioResult result =
                 result_of(in_row, std::move(play), run.catalogue, known ? &*known : nullptr);
             const Verdict as_written = run.results[job].verdict;
             matrix->rows[row].tally.add(result.verdict);
             if (result.verdict == as_written || is_explained(result.verdict)) return;
             note(row, job, std::move(result));
           },
       .progress =
           [&](std::size_t finished) {
             matrix->plays = finished;
             count.show(finished);
           }});
  matrix->wall_time = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begin);
  matrix->not_played = plays - matrix->plays;
  std::ranges::sort(found, {},
                    [](const auto& entry) { return std::tuple(entry.first, entry.second.row); });
  for (auto& [job, difference] : found) matrix->differences.push_back(std::move(difference));
  return matrix;
}

}  // namespace tcprove::cli
