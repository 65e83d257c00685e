// Compiles scenarios to seeds: plan_seeds TARGET SPECS FOLDER writes the plans of all scenarios
// that octets can say, without what they expect, and of those the fewest that show all answers that
// TARGET gives in the cells of the state × event table and say all that one of them says.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "harness/campaign/batch.hpp"
#include "harness/campaign/corpus.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/scenario/selection.hpp"

using namespace tcprove;

namespace {

namespace fs = std::filesystem;

struct Seed {
  std::string name;
  campaign::OctetVector octets;
};

/// As many octets of the stream in place of those by value.
template <class Stimulus>
void take_from_the_stream(std::optional<plan::Expr>& count, Stimulus& stimulus) {
  if (!stimulus.data) return;
  count = plan::Expr{.constant = static_cast<std::int64_t>(stimulus.data->size())};
  stimulus.data.reset();
}

/// Whether the step does something to the stack; if so without what is expected of that.
bool is_stimulus(plan::Step& step) {
  if (auto* call = std::get_if<plan::Call>(&step.action)) {
    call->results.clear();
    call->report.reset();
    call->at_most = false;
    take_from_the_stream(call->octets, *call);
    return true;
  }
  auto* send = std::get_if<plan::Send>(&step.action);
  if (send == nullptr) {
    return std::holds_alternative<plan::SendIcmp>(step.action) ||
           std::holds_alternative<plan::Wait>(step.action);
  }
  for (plan::SegmentText& segment : send->sent) take_from_the_stream(segment.len, segment);
  return true;
}

/// The stimuli of a scenario's plan as octets; nothing where they cannot be said so.
std::optional<campaign::OctetVector> octets_of_stimuli(plan::Plan plan) {
  std::vector<plan::Step> steps;
  for (plan::Step& step : plan.steps) {
    if (!is_stimulus(step)) continue;
    steps.push_back(std::move(step));
  }
  plan.steps = std::move(steps);
  return plan::octets_of(plan);
}

/// `textbook/close/x[role=passive,ip=4]` → `textbook.close.x-role-passive-ip-4.plan`.
std::string file_name(std::string id) {
  std::string name;
  for (const char c : id) {
    if (c == ']') continue;
    name += c == '/' ? '.' : (c == '[' || c == '=' || c == ',' || c == ' ') ? '-' : c;
  }
  return name + ".plan";
}

std::vector<Seed> seeds_of(const fs::path& specs) {
  std::vector<Seed> seeds;
  const std::vector<std::string> all{specs.string()};
  const auto scenarios = scenario::load_scenarios(all, {.specs_root = specs});
  if (!scenarios) return seeds;
  for (const scenario::Scenario& scenario : scenarios.value()) {
    for (const scenario::Instance& instance : scenario.instances) {
      if (auto octets = octets_of_stimuli(scenario.plan(instance))) {
        seeds.push_back({.name = file_name(instance.id), .octets = *std::move(octets)});
      }
    }
  }
  std::ranges::stable_sort(seeds, {}, [](const Seed& seed) { return seed.octets.size(); });
  return seeds;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const fs::path folder = argv[3];
  const std::vector<Seed> seeds = seeds_of(argv[2]);
  if (seeds.empty()) return 2;
  const std::set<campaign::FindingKind> nothing;
  const campaign::BatchResult batch =
      campaign::play_batch({.target = argv[1], .workers = 2},
                           {.first = 0,
                            .count = seeds.size(),
                            .plan = [&](std::uint64_t i) { return seeds[i].octets; },
                            .covered = {},
                            .seen = nothing},
                           [] { return false; });
  if (!batch.error.empty()) return 3;
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::vector<tcp::AnsweredCells> answered(seeds.size());
  for (const campaign::Observation& observation : batch.telling) {
    answered[observation.execution] = observation.answered;
  }
  campaign::Corpus corpus;
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    if (!corpus.add_seed(seeds[i].octets, answered[i])) continue;
    std::ofstream file(folder / seeds[i].name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(seeds[i].octets.data()),
               static_cast<std::streamsize>(seeds[i].octets.size()));
  }
  std::printf("%zu of %zu plans, %zu answers\n", corpus.entries().size(), seeds.size(),
              corpus.covered().count());
  return 0;
}
