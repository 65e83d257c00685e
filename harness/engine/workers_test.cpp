#include "harness/engine/workers.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <numeric>

#include <gtest/gtest.h>
#include <sys/mman.h>
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

TEST(Workers, AreAsManyAsTheBoardHoldsWhereMoreAreAskedFor) {
  const Tale tale = run(2000, 1000, false);
  EXPECT_EQ(tale.error, "");
  EXPECT_EQ(tale.results.size(), 2000U);
  EXPECT_TRUE(tale.lost.empty());
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

/// What its jobs do is told by their number.
class Spendthrift : public JobRunner {
 public:
  enum : std::size_t {
    kLeaksFiles,
    kOpensAFile,
    kLeaksMemory,
    kWantsMemory,
    kPrints,
    kForks,
    kCount
  };

  std::vector<std::uint8_t> run(std::size_t job) override {
    constexpr std::size_t kMost = std::size_t{1} << 30U;
    if (job == kLeaksFiles) {
      while (dup(STDOUT_FILENO) >= 0) {
      }
    }
    if (job == kOpensAFile) return {static_cast<std::uint8_t>(dup(STDOUT_FILENO) >= 0)};
    if (job == kLeaksMemory) return {static_cast<std::uint8_t>(reserve(kMost / 4 * 3))};
    if (job == kWantsMemory) return {static_cast<std::uint8_t>(reserve(kMost / 2))};
    if (job == kPrints) {
      const std::vector<char> line(4096, 'x');
      while (write(STDOUT_FILENO, line.data(), line.size()) > 0) {
      }
    }
    if (job == kForks && fork() == 0) {
      for (;;) pause();
    }
    return {1};
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  static bool reserve(std::size_t octets) {
    return mmap(nullptr, octets, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) !=
           MAP_FAILED;
  }
};

TEST(Workers, NoJobPaysForWhatAnotherHasUsedUp) {
  std::map<std::size_t, int> results;
  std::size_t lost = 0;
  const WorkerLimits limits{
      .job_time = 2s, .memory_octets = std::size_t{1} << 30U, .output_octets = 1U << 20U};
  const std::string error =
      run_jobs(Spendthrift::kCount, limits, [] { return std::make_unique<Spendthrift>(); },
               {.done = [&](std::size_t job, wire::Octets octets) { results[job] = octets[0]; },
                .lost = [&](const LostJob&) { ++lost; },
                .interrupted = [] { return false; }});
  EXPECT_EQ(error, "");
  EXPECT_EQ(lost, 0U);
  for (std::size_t job = 0; job < Spendthrift::kCount; ++job) EXPECT_EQ(results[job], 1) << job;
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child of a child is left";
  EXPECT_EQ(errno, ECHILD);
}

TEST(Workers, ThatNeverTakeAJobEndTheRun) {
  const std::string error = run_jobs(5, {}, []() -> std::unique_ptr<JobRunner> { std::abort(); },
                                     {.done = [](std::size_t, wire::Octets) {},
                                      .lost = [](const LostJob&) {},
                                      .interrupted = [] { return false; }});
  EXPECT_EQ(error, "no worker process lives: the stack crashed: Aborted");
}

/// It closes what its process answers by, and does not end.
class Mute : public JobRunner {
 public:
  std::vector<std::uint8_t> run(std::size_t job) override {
    if (job != 0) return {1};
    constexpr int kFilesMax = 1024;
    for (int file = 0; file < kFilesMax; ++file) close(file);
    for (;;) pause();
  }
  std::vector<std::uint8_t> last_words() override { return {}; }
};

TEST(Workers, ThatCloseTheirFilesCostOneJob) {
  std::size_t done = 0;
  std::size_t lost = 0;
  EXPECT_EQ(run_jobs(2, {}, [] { return std::make_unique<Mute>(); },
                     {.done = [&](std::size_t, wire::Octets) { ++done; },
                      .lost = [&](const LostJob&) { ++lost; },
                      .interrupted = [] { return false; }}),
            "");
  EXPECT_EQ(done, 1U);
  EXPECT_EQ(lost, 1U);
}

TEST(Workers, LeaveNoChildBehind) {
  run(12, 2, true);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace tcprove::engine
