// Compiles scenarios to seeds: plan_seeds TARGET SPECS FOLDER writes the plans of all scenarios
// that octets can say, without what they expect, and of those the fewest that show all answers that
// TARGET gives in the cells of the state × event table and say all that one of them says, and one
// for each named mistake of TARGET that none of these shows and another does.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "harness/adapter/registry.hpp"
#include "harness/base/check.hpp"
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

/// A part of the window, as `RCV.WND/51`, of a stack whose window is the largest without a scale.
void take_part_of_window(std::optional<plan::Expr>& len) {
  constexpr std::int64_t kWindow = 65'535;
  if (!len || len->terms.size() != 1) return;
  const plan::Expr::Term& term = len->terms.front();
  if (term.symbol != plan::Symbol::RcvWnd || term.divisor == 1) return;
  len = plan::Expr{.constant = len->constant + term.coefficient * kWindow / term.divisor};
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
  for (plan::SegmentText& segment : send->sent) {
    take_from_the_stream(segment.len, segment);
    take_part_of_window(segment.len);
  }
  return true;
}

/// One that octets cannot say at once in parts: segments that overtake each other in groups too
/// large, one after the other, and long waits, piece by piece.
std::vector<plan::Step> parts_of(plan::Step step) {
  constexpr std::int64_t kLongest = std::chrono::nanoseconds(std::chrono::hours(18)).count();
  std::vector<plan::Step> parts;
  auto* const wait = std::get_if<plan::Wait>(&step.action);
  while (wait != nullptr && wait->duration.terms.empty() && wait->duration.constant > kLongest) {
    wait->duration.constant -= kLongest;
    plan::Step& part = parts.emplace_back();
    part.action = plan::Wait{{.constant = kLongest}};
    part.connection = step.connection;
  }
  auto* const send = std::get_if<plan::Send>(&step.action);
  if (send == nullptr || send->sent.size() <= plan::kSegmentsTogetherMax) {
    parts.push_back(std::move(step));
    return parts;
  }
  for (const std::uint8_t index : send->arrive) {
    plan::Step& part = parts.emplace_back();
    part.action = plan::Send{.sent = {send->sent.at(index)}, .arrive = {0}};
    part.connection = step.connection;
  }
  return parts;
}

/// The stimuli of a scenario's plan as octets; nothing where they cannot be said so.
std::optional<campaign::OctetVector> octets_of_stimuli(plan::Plan plan) {
  std::vector<plan::Step> steps;
  for (plan::Step& step : plan.steps) {
    if (!is_stimulus(step)) continue;
    std::ranges::move(parts_of(std::move(step)), std::back_inserter(steps));
  }
  plan.steps = std::move(steps);
  return plan::octets_of(plan);
}

/// `textbook/close/x[role=passive,ip=4]` → `textbook.close.x-role-passive-ip-4.plan`.
std::string file_name(const std::string& id) {
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

using Observed = std::vector<campaign::Observation>;

/// What playing `seeds` on `target` shows; where no worker can be started the program ends.
Observed observed(const std::string& target, const std::vector<Seed>& seeds,
                  const tcp::AnsweredCells& covered) {
  const std::set<campaign::FindingKind> nothing;
  campaign::BatchResult batch =
      campaign::play_batch({.target = target, .workers = 2},
                           {.first = 0,
                            .count = seeds.size(),
                            .plan = [&](std::uint64_t i) { return seeds[i].octets; },
                            .covered = covered,
                            .seen = nothing},
                           [] { return false; });
  TCPROVE_CHECK(batch.error.empty(), "workers can be started");
  return std::move(batch.telling);
}

/// The first of `seeds` that shows something wrong with `target`.
const Seed* first_to_show(const std::string& target, const std::vector<Seed>& seeds,
                          const tcp::AnsweredCells& covered) {
  for (const campaign::Observation& observation : observed(target, seeds, covered)) {
    if (!observation.shown.empty()) return &seeds[observation.execution];
  }
  return nullptr;
}

/// Adds to `chosen` one of `all` for each mistake that none of them shows.
void add_for_faults(const std::string& stack, const std::vector<Seed>& all,
                    const tcp::AnsweredCells& covered, std::vector<Seed>& chosen) {
  const auto faults = adapter::every_fault(stack + ":fault=all");
  if (!faults) return;
  for (const std::string& target : faults->targets) {
    if (first_to_show(target, chosen, covered) != nullptr) continue;
    const Seed* const seed = first_to_show(target, all, covered);
    if (seed != nullptr) chosen.push_back(*seed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string target = argv[1];
  const fs::path folder = argv[3];
  const std::vector<Seed> seeds = seeds_of(argv[2]);
  if (seeds.empty()) return 2;
  std::vector<tcp::AnsweredCells> answered(seeds.size());
  for (const campaign::Observation& observation : observed(target, seeds, {})) {
    answered[observation.execution] = observation.answered;
  }
  campaign::Corpus corpus;
  std::vector<Seed> chosen;
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    if (corpus.add_seed(seeds[i].octets, answered[i])) chosen.push_back(seeds[i]);
  }
  add_for_faults(target, seeds, corpus.covered(), chosen);
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const Seed& seed : chosen) {
    std::ofstream file(folder / seed.name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(seed.octets.data()),
               static_cast<std::streamsize>(seed.octets.size()));
  }
  std::printf("%zu of %zu plans, %zu answers\n", chosen.size(), seeds.size(),
              corpus.covered().count());
  return 0;
}
