#include "harness/engine/workers.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <numeric>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;

/// Squares its job's number; some numbers are fatal.
class Squarer : public JobRunner {
 public:
  enum : std::size_t { kAborts = 3, kSegfaults = 5, kExits = 7, kHangs = 9, kRecurses = 11 };

  std::vector<std::uint8_t> run(std::size_t job) override {
    job_ = job;
    if (fatal_) die(job);
    return {static_cast<std::uint8_t>(job * job)};
  }
  std::vector<std::uint8_t> last_words() override { return {static_cast<std::uint8_t>(job_)}; }

  explicit Squarer(bool fatal) : fatal_(fatal) {}

 private:
  static int recurse(int depth) {
    volatile char page[4096];
    page[0] = static_cast<char>(depth);
    // The condition never fails; it only keeps compilers from seeing through the recursion.
    return depth < 0 ? 0 : recurse(depth + 1) + page[0];
  }
  static void die(std::size_t job) {
    if (job == kAborts) std::abort();
    if (job == kSegfaults) raise(SIGSEGV);
    if (job == kExits) _exit(4);
    if (job == kRecurses) recurse(0);
    // An optimizer may take a loop for finite that does nothing anybody could notice.
    for (volatile bool hangs = job == kHangs; hangs;) {
    }
  }
  std::size_t job_ = 0;
  bool fatal_;
};

struct Tale {
  std::map<std::size_t, int> results;
  std::map<std::size_t, LostJob> lost;
  std::string error;
};

Tale run(std::size_t count, std::size_t workers, bool fatal,
         std::size_t interrupt_after = SIZE_MAX) {
  Tale tale;
  const WorkerLimits limits{.workers = workers, .job_time = 300ms};
  tale.error = run_jobs(
      count, limits, [fatal] { return std::make_unique<Squarer>(fatal); },
      {.done = [&](std::size_t job, wire::Octets octets) { tale.results[job] = octets[0]; },
       .lost = [&](const LostJob& lost) { tale.lost[lost.job] = lost; },
       .interrupted = [&] { return tale.results.size() >= interrupt_after; }});
  return tale;
}

TEST(Workers, DoEachJobOnce) {
  const Tale tale = run(100, 2, false);
  ASSERT_EQ(tale.results.size(), 100U);
  EXPECT_EQ(tale.results.at(9), 81);
  EXPECT_TRUE(tale.lost.empty());
  EXPECT_TRUE(tale.error.empty());
}

TEST(Workers, ADeathCostsOneJob) {
  const Tale tale = run(12, 2, true);
  EXPECT_EQ(tale.results.size(), 7U);
  ASSERT_EQ(tale.lost.size(), 5U);
  EXPECT_EQ(tale.lost.at(Squarer::kAborts).reason, "the stack crashed: Aborted");
  EXPECT_EQ(tale.lost.at(Squarer::kSegfaults).reason, "the stack crashed: Segmentation fault");
  EXPECT_EQ(tale.lost.at(Squarer::kRecurses).reason, "the stack crashed: Segmentation fault");
  EXPECT_EQ(tale.lost.at(Squarer::kExits).reason, "the stack ended its process with status 4");
  EXPECT_EQ(tale.lost.at(Squarer::kHangs).reason, "the stack hung: no end after 300 ms");
}

TEST(Workers, TheDyingSpeakTheirLastWords) {
  const Tale tale = run(12, 1, true);
  for (const std::size_t job :
       {Squarer::kAborts, Squarer::kSegfaults, Squarer::kHangs, Squarer::kRecurses}) {
    const std::vector<std::uint8_t> words{static_cast<std::uint8_t>(job)};
    EXPECT_EQ(tale.lost.at(job).last_words, words) << job;
  }
}

TEST(Workers, AnInterruptionKeepsWhatIsDone) {
  const Tale tale = run(1'000'000, 2, false, 10);
  EXPECT_GE(tale.results.size(), 10U);
  EXPECT_LT(tale.results.size(), 1'000'000U);
  EXPECT_TRUE(tale.lost.empty());
}

TEST(Workers, LeaveNoChildBehind) {
  run(12, 2, true);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace tcprove::engine
