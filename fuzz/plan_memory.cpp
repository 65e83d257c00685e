// That a fuzzer's plays leave nothing behind: mutants of plan_lwip's seeds, each played once, as
// the fuzzer plays them, and what memory is in use meanwhile. libFuzzer itself, which keeps what it
// finds, is not part of it.
//
// Usage: build/plan_memory [SECONDS]    60 unless given; an hour is 3600
// Exit status: 0 flat; 1 more than kSlack grew after the first sixth of the time, 2 no such usage.

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include "fuzz/stack_player.hpp"
#include "harness/campaign/corpus_folder.hpp"
#include "harness/plan/mutate.hpp"
#include "harness/plan/plan_octets.hpp"

namespace tcprove::fuzz {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kStepsMax = 64;  ///< Of a mutant.
constexpr int kRows = 60;
constexpr int kWarmRows = kRows / 6;  ///< The longest plans have come by then.
constexpr double kSlack = 1.0;        ///< In MiB.

constexpr double mib(std::size_t octets) { return static_cast<double>(octets) / (1U << 20U); }

/// Of the program and all that it has loaded.
double resident() {
  std::size_t size = 0;
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> size >> pages;
  return mib(pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
}

/// Standard output is the stacks': caught_abort.hpp.
void print_row(Clock::duration since, std::uint64_t executions, double in_use) {
  fmt::print(stderr, "{:6.0f}s {:12} executions {:9.2f} MiB in use {:9.2f} MiB resident\n",
             std::chrono::duration<double>(since).count(), executions, in_use, resident());
}

bool stays_flat(std::chrono::seconds time) {
  const std::vector<campaign::OctetVector> seeds = campaign::read_plans(TCPROVE_SEEDS);
  StackPlayer stack("lwip");
  const auto begin = Clock::now();
  std::uint64_t executions = 0;
  double warm = 0;
  double in_use = 0;
  for (int row = 1; row <= kRows; ++row) {
    while (Clock::now() - begin < time * row / kRows) {
      const campaign::OctetVector& seed = seeds[executions % seeds.size()];
      (void)stack.play(plan::plan_of(plan::mutate(seed, ++executions, kStepsMax)));
    }
    in_use = mib(mallinfo2().uordblks);
    if (row == kWarmRows) warm = in_use;
    print_row(Clock::now() - begin, executions, in_use);
  }
  fmt::print(stderr, "{:+.2f} MiB since the first sixth\n", in_use - warm);
  return in_use - warm <= kSlack;
}

}  // namespace
}  // namespace tcprove::fuzz

int main(int argc, char** argv) {
  unsigned seconds = 60;
  const char* const text = argc > 1 ? argv[1] : "60";
  const char* const end = text + std::strlen(text);
  const auto read = std::from_chars(text, end, seconds);
  if (argc > 2 || read.ptr != end || read.ec != std::errc() || seconds == 0) {
    std::fprintf(stderr, "usage: plan_memory [SECONDS]\n");
    return 2;
  }
  return tcprove::fuzz::stays_flat(std::chrono::seconds(seconds)) ? 0 : 1;
}
