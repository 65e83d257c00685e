// What a judged execution of plan_lwip costs: the fuzzer's player with the monitor, the same with
// the monitor off, and lwIP alone, to which the same is done.
//
// The plans are the seeds of corpus/plan_lwip and mutants of them. Machines differ and are noisy;
// the ratios, of one run, are what counts. libFuzzer's own work for an execution is in no row.

#include <array>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "fuzz/caught_abort.hpp"
#include "fuzz/deeds.hpp"
#include "fuzz/stack_player.hpp"
#include "harness/adapter/lwip/lwip_adapter.hpp"
#include "harness/campaign/corpus_folder.hpp"
#include "harness/plan/mutate.hpp"
#include "harness/plan/plan_octets.hpp"

namespace tcprove::fuzz {
namespace {

constexpr std::uint64_t kMutantsOfASeed = 3;
constexpr std::size_t kStepsMax = 64;  ///< Of a mutant.

/// A plan, and what playing it does to lwIP.
struct Played {
  campaign::OctetVector octets;
  Deeds deeds;
};

std::vector<campaign::OctetVector> seeds() { return campaign::read_plans(TCPROVE_SEEDS); }

/// Gives up where lwIP dies.
bool play(const campaign::OctetVector& octets, engine::Player& player) {
  const plan::Plan plan = plan::plan_of(octets);
  return survives([&] { player.play(plan, 1); }, [](const std::string&) { return true; });
}

/// The plans that lwIP survives.
const std::vector<Played>& workload() {
  static const std::vector<Played> all = [] {
    std::vector<campaign::OctetVector> plans = seeds();
    const std::size_t count = plans.size();
    for (std::uint64_t i = 0; i < count * kMutantsOfASeed; ++i) {
      plans.push_back(plan::mutate(plans[i % count], i, kStepsMax));
    }
    std::vector<Played> found;
    DeedRecorder stack(adapter::lwip::make_lwip_adapter());
    engine::Player player(stack);
    for (campaign::OctetVector& octets : plans) {
      if (play(octets, player)) {
        found.push_back({.octets = std::move(octets), .deeds = stack.deeds()});
      }
    }
    return found;
  }();
  return all;
}

void count(benchmark::State& state) {
  std::size_t packets = 0;
  for (const Played& played : workload()) packets += played.deeds.packets();
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["execs/s"] = benchmark::Counter(rounds * static_cast<double>(workload().size()),
                                                 benchmark::Counter::kIsRate);
  state.counters["packets/s"] =
      benchmark::Counter(rounds * static_cast<double>(packets), benchmark::Counter::kIsRate);
}

template <class Redo>
void lwip_alone(benchmark::State& state, const Redo& redo_deeds) {
  const std::vector<Played>& all = workload();
  const std::unique_ptr<adapter::Adapter> stack = adapter::lwip::make_lwip_adapter();
  for ([[maybe_unused]] const auto round : state) {
    for (const Played& played : all) redo_deeds(played.deeds, *stack);
  }
  count(state);
}

void packets_alone(benchmark::State& state) { lwip_alone(state, feed_packets); }
void all_deeds(benchmark::State& state) { lwip_alone(state, redo); }

/// As the fuzzer, without the judge and what is made of its verdict.
void without_monitor(benchmark::State& state) {
  const std::vector<Played>& all = workload();
  const std::unique_ptr<adapter::Adapter> stack = adapter::lwip::make_lwip_adapter();
  engine::Player player(*stack);
  for ([[maybe_unused]] const auto round : state) {
    for (const Played& played : all) play(played.octets, player);
  }
  count(state);
}

/// As LLVMFuzzerTestOneInput() of plan.cpp.
void with_monitor(benchmark::State& state) {
  const std::vector<Played>& all = workload();
  std::array<std::uint8_t, tcp::AnsweredCells::kCount> answered{};
  std::size_t found = 0;
  StackPlayer stack("lwip");
  for ([[maybe_unused]] const auto round : state) {
    for (const Played& played : all) {
      if (!stack.play(plan::plan_of(played.octets))) continue;
      stack.player().answered().for_each([&](std::size_t index) { answered.at(index) = 1; });
      for (const campaign::Shown& shown : stack.shown()) {
        if (stack.known().find_rule(shown.kind.rule) == nullptr) ++found;
      }
    }
  }
  benchmark::DoNotOptimize(answered);
  benchmark::DoNotOptimize(found);
  count(state);
}

constexpr const char* kPackets = "a: lwIP's input, packets alone";
constexpr const char* kDeeds = "a': lwIP, packets, calls and time";
constexpr const char* kWithout = "b: plan_lwip, monitor off";
constexpr const char* kWith = "c: plan_lwip";

BENCHMARK(packets_alone)->Name(kPackets)->Unit(benchmark::kMillisecond);
BENCHMARK(all_deeds)->Name(kDeeds)->Unit(benchmark::kMillisecond);
BENCHMARK(without_monitor)->Name(kWithout)->Unit(benchmark::kMillisecond);
BENCHMARK(with_monitor)->Name(kWith)->Unit(benchmark::kMillisecond);

/// Prints as the console does and keeps the medians for the ratios.
class RatioReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.repetitions > 1 && run.aggregate_name != "median") continue;
      per_second_[run.run_name.function_name] = run.counters.at("execs/s").value;
    }
  }

  void Finalize() override {
    for (const char* const other : {kWithout, kDeeds, kPackets}) {
      if (!per_second_.contains(kWith) || !per_second_.contains(other)) continue;
      fmt::print(stderr, "{:.2f}  {}  of  {}\n", per_second_[kWith] / per_second_[other], kWith,
                 other);
    }
  }

 private:
  std::map<std::string, double> per_second_;
};

}  // namespace
}  // namespace tcprove::fuzz

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  tcprove::fuzz::RatioReporter reporter;
  reporter.SetOutputStream(&std::cerr);  // Standard output is the stacks': caught_abort.hpp.
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
