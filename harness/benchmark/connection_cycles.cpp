// What the harness costs: whole connections through lwIP's bare API, through adapter, engine and
// trace, and judged by the monitor, in one run, and their ratios. Machines differ and are noisy;
// the ratios are what counts.
//
// The engine gives each play a pristine stack, because scenarios must not see each other; a bare
// driver need not. So there are two bare rows: with one stack for all connections, and with a
// pristine one for each.

#include <map>
#include <memory>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "harness/adapter/lwip/lwip_adapter.hpp"
#include "harness/adapter/lwip/lwip_bare_cycle.hpp"
#include "harness/engine/player.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/trial/judged_player.hpp"

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
  for ([[maybe_unused]] const auto iteration : state) {
    if (!cycle.run()) {
      state.SkipWithError("lwIP did not answer as it should");
      break;
    }
  }
  count_segments(state);
}

void bare_lwip_pristine(benchmark::State& state) {
  for ([[maybe_unused]] const auto iteration : state) {
    adapter::lwip::BareCycle cycle;
    if (!cycle.run()) {
      state.SkipWithError("lwIP did not answer as it should");
      break;
    }
  }
  count_segments(state);
}

/// The plan of the connection; nothing, and the benchmark skipped, where it cannot be read.
std::optional<plan::Plan> plan_of_connection(benchmark::State& state) {
  auto scenario = scenario::load_scenario(TCPROVE_BENCHMARK_SCENARIO, {});
  if (scenario) return scenario.value().plan(scenario.value().instances.front());
  state.SkipWithError(to_string(scenario.error()).c_str());
  return std::nullopt;
}

bool held(const engine::Outcome& outcome, benchmark::State& state) {
  if (outcome.kind == engine::Outcome::Kind::Held) return true;
  state.SkipWithError(outcome.mismatch ? outcome.mismatch->actual.c_str() : outcome.reason.c_str());
  return false;
}

void through_tcprove(benchmark::State& state) {
  const std::optional<plan::Plan> plan = plan_of_connection(state);
  if (!plan) return;
  const std::unique_ptr<adapter::Adapter> adapter = adapter::lwip::make_lwip_adapter();
  engine::Player player(*adapter);
  for ([[maybe_unused]] const auto iteration : state) {
    if (!held(player.play(*plan, 1), state)) break;
  }
  count_segments(state);
}

void judged_by_tcprove(benchmark::State& state) {
  const std::optional<plan::Plan> plan = plan_of_connection(state);
  if (!plan) return;
  const std::unique_ptr<adapter::Adapter> adapter = adapter::lwip::make_lwip_adapter();
  trial::JudgedPlayer player(*adapter);
  for ([[maybe_unused]] const auto iteration : state) {
    const trial::Judged judged = player.play(*plan, 1);
    if (!held(judged.outcome, state)) break;
    if (!judged.violations.empty()) {
      state.SkipWithError(judged.violations.front().message.c_str());
      break;
    }
  }
  count_segments(state);
}

constexpr const char* kBare = "a: lwIP, bare raw API";
constexpr const char* kBarePristine = "a': the same, a pristine lwIP each";
constexpr const char* kOurs = "b: adapter + engine + trace";
constexpr const char* kJudged = "c: adapter + engine + trace + monitor";

BENCHMARK(bare_lwip)->Name(kBare);
BENCHMARK(bare_lwip_pristine)->Name(kBarePristine);
BENCHMARK(through_tcprove)->Name(kOurs);
BENCHMARK(judged_by_tcprove)->Name(kJudged);

/// Prints as the console does and keeps the medians for the ratios.
class RatioReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name != "median") continue;
      segments_per_second_[run.run_name.function_name] = run.counters.at("segments/s").value;
    }
  }

  void Finalize() override {
    for (const char* const ours : {kOurs, kJudged}) {
      for (const char* const bare : {kBare, kBarePristine}) {
        if (!segments_per_second_.contains(bare) || !segments_per_second_.contains(ours)) continue;
        fmt::print("{:.2f}  {}  of  {}\n", segments_per_second_[ours] / segments_per_second_[bare],
                   ours, bare);
      }
    }
  }

 private:
  std::map<std::string, double> segments_per_second_;
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
