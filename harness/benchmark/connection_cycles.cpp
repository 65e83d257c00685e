// What the harness costs: whole connections through lwIP's bare API and through adapter, engine and trace, in
// one run, and their ratio. Machines differ and are noisy; the ratio is what counts.

#include <cstdio>
#include <map>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "harness/adapter/lwip/lwip_adapter.hpp"
#include "harness/adapter/lwip/lwip_bare_cycle.hpp"
#include "harness/engine/player.hpp"
#include "harness/scenario/loader.hpp"

namespace tcprove {
namespace {

constexpr double kSegments = adapter::lwip::BareCycle::kSegments;

void count_segments(benchmark::State& state) {
  state.counters["cycles/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["segments/s"] = benchmark::Counter(
      kSegments * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void bare_lwip(benchmark::State& state) {
  adapter::lwip::BareCycle cycle;
  for (auto _ : state) {
    if (!cycle.run()) {
      state.SkipWithError("lwIP did not answer as it should");
      break;
    }
  }
  count_segments(state);
}

void through_tcprove(benchmark::State& state) {
  auto scenario = scenario::load_scenario(TCPROVE_BENCHMARK_SCENARIO, {});
  if (!scenario) {
    state.SkipWithError(to_string(scenario.error()).c_str());
    return;
  }
  const plan::Plan plan = scenario.value().plan(scenario.value().instances.front());
  const std::unique_ptr<adapter::Adapter> adapter = adapter::lwip::make_lwip_adapter();
  engine::Player player(*adapter);
  for (auto _ : state) {
    const engine::Outcome outcome = player.play(plan, 1);
    if (outcome.kind != engine::Outcome::Kind::Held) {
      state.SkipWithError(outcome.mismatch ? outcome.mismatch->actual.c_str()
                                           : outcome.reason.c_str());
      break;
    }
  }
  count_segments(state);
}

// Alternating repetitions, so that a slow spell of the machine meets both.
BENCHMARK(bare_lwip)->Name("a: lwIP, bare raw API");
BENCHMARK(through_tcprove)->Name("b: adapter + engine + trace");

/// Prints as the console does and keeps the medians for the ratio.
class RatioReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name == "median") medians_[run.run_name.function_name] = run;
    }
  }

  void Finalize() override {
    if (medians_.size() != 2) return;
    const double bare = rate(medians_.begin()->second);
    const double ours = rate(medians_.rbegin()->second);
    fmt::print("\n(b) / (a) = {:.2f}   medians: {:.0f} and {:.0f} segments/s\n", ours / bare, ours,
               bare);
  }

 private:
  static double rate(const Run& run) { return run.counters.at("segments/s").value; }

  std::map<std::string, Run> medians_;
};

}  // namespace
}  // namespace tcprove

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  tcprove::RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
