// What it costs that a stack was built elsewhere: the same connection with lwIP built in and as a
// plug-in, a round trip to a child process against one to `cat` through the same kind of pipes, and
// a connection of libslirp's through adapter and engine against one by the library alone.

#include <array>
#include <csignal>
#include <map>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/adapter/registry.hpp"
#include "harness/engine/player.hpp"
#include "harness/scenario/loader.hpp"
#ifdef TCPROVE_WITH_SLIRP
#include "harness/adapter/slirp/slirp_bare_cycle.hpp"
#endif

namespace tcprove {
namespace {

constexpr const char* kBuiltIn = "a: a connection, lwIP built in";
constexpr const char* kPlugin = "b: the same, lwIP as a plug-in";
constexpr const char* kCat = "c: a round trip to cat, in a child";
constexpr const char* kChild = "d: a round trip to the tiny TCP, in a child";
constexpr const char* kBareSlirp = "e: a connection of libslirp's, bare";
constexpr const char* kGvisor = "g: a round trip to gVisor's netstack, in a child";
constexpr const char* kSlirp = "f: the same through adapter and engine";

void play_connections(benchmark::State& state, const std::string& target) {
  auto adapter = adapter::make_adapter(target);
  auto scenario = scenario::load_scenario(TCPROVE_BENCHMARK_SCENARIO, {});
  if (!adapter || !scenario) {
    state.SkipWithError(
        (adapter ? to_string(scenario.error()) : to_string(adapter.error())).c_str());
    return;
  }
  const plan::Plan plan = scenario.value().plan(scenario.value().instances.front());
  engine::Player player(*adapter.value());
  for ([[maybe_unused]] const auto iteration : state) {
    if (player.play(plan, 1).kind == engine::Outcome::Kind::Held) continue;
    state.SkipWithError("the connection did not come off");
    break;
  }
}

void built_in(benchmark::State& state) { play_connections(state, "lwip"); }
void plugin(benchmark::State& state) { play_connections(state, TCPROVE_BENCHMARK_PLUGIN); }

void round_trips(benchmark::State& state, const std::string& target) {
  auto adapter = adapter::make_adapter(target);
  if (!adapter) {
    state.SkipWithError(to_string(adapter.error()).c_str());
    return;
  }
  adapter::Adapter& stack = *adapter.value();
  const auto refused = stack.reset(
      {.stack = *wire::parse_address("192.0.2.1"), .peer = *wire::parse_address("192.0.2.2")});
  for ([[maybe_unused]] const auto iteration : state) {
    stack.advance(base::Duration(1));
    if (!refused && stack.failure() == nullptr) continue;
    state.SkipWithError("the child does not answer");
    break;
  }
}

void child(benchmark::State& state) { round_trips(state, TCPROVE_BENCHMARK_CHILD); }

void cat(benchmark::State& state) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (pipe(in.data()) != 0 || pipe(out.data()) != 0) return state.SkipWithError("no pipe");
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    close(in[1]);
    execlp("cat", "cat", nullptr);
    _exit(1);
  }
  const std::string line(100, 'x');
  std::array<char, 100> answer{};
  for ([[maybe_unused]] const auto iteration : state) {
    const bool went = write(in[1], line.data(), line.size()) > 0;
    if (went && read(out[0], answer.data(), answer.size()) > 0) continue;
    state.SkipWithError("cat does not answer");
    break;
  }
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
  for (const int file : {in[0], in[1], out[0], out[1]}) close(file);
}

#ifdef TCPROVE_WITH_SLIRP
void bare_slirp(benchmark::State& state) {
  adapter::slirp::BareCycle cycle;
  for ([[maybe_unused]] const auto iteration : state) {
    if (cycle.run()) continue;
    state.SkipWithError("libslirp did not answer as it should");
    break;
  }
}

void slirp(benchmark::State& state) { play_connections(state, "slirp"); }

BENCHMARK(bare_slirp)->Name(kBareSlirp)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(slirp)->Name(kSlirp)->UseRealTime()->Unit(benchmark::kMicrosecond);
#endif
#ifdef TCPROVE_BENCHMARK_GVISOR
void gvisor(benchmark::State& state) { round_trips(state, TCPROVE_BENCHMARK_GVISOR); }
BENCHMARK(gvisor)->Name(kGvisor)->UseRealTime()->Unit(benchmark::kMicrosecond);
#endif
BENCHMARK(built_in)->Name(kBuiltIn)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(plugin)->Name(kPlugin)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(cat)->Name(kCat)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(child)->Name(kChild)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// Prints as the console does, and the ratios of the medians.
class RatioReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name == "median") {
        microseconds_[run.run_name.function_name] = run.GetAdjustedRealTime();
      }
    }
  }

  void Finalize() override {
    for (const auto& [slow, fast] : {std::pair(kPlugin, kBuiltIn), std::pair(kChild, kCat),
                                     std::pair(kGvisor, kCat), std::pair(kSlirp, kBareSlirp)}) {
      if (!microseconds_.contains(slow) || !microseconds_.contains(fast)) continue;
      fmt::print("{:.2f}  times as long: {}  as  {}\n", microseconds_[slow] / microseconds_[fast],
                 slow, fast);
    }
  }

 private:
  std::map<std::string, double> microseconds_;
};

}  // namespace
}  // namespace tcprove

int main(int argc, char** argv) {
  // libslirp's buffers, where they lie at the heap's end, would come from the kernel each time.
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  benchmark::Initialize(&argc, argv);
  tcprove::RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
}
