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
#include <utility>
#include <vector>

#include "fuzz/played_steps.hpp"
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

/// A number that octets cannot say, as `RCV.WND/51`, is what it was when it was played.
void take_as_played(std::optional<plan::Expr>& count, std::size_t played) {
  const bool part = count && !count->terms.empty() && count->terms.front().divisor != 1;
  const bool sum = count && count->terms.size() > 1;
  constexpr std::size_t kMost = 65'000;  // Of a segment, as octets can say it.
  if (!part && !sum) return;
  count = plan::Expr{.constant = static_cast<std::int64_t>(std::min(played, kMost))};
}

/// Whether the step does something to the stack; if so without what is expected of that.
bool is_stimulus(plan::Step& step, const fuzz::PlayedStep& played) {
  if (auto* call = std::get_if<plan::Call>(&step.action)) {
    call->results.clear();
    call->report.reset();
    call->at_most = false;
    take_from_the_stream(call->octets, *call);
    if (call->octets && !call->octets->is_constant()) {
      call->octets = plan::Expr{.constant = static_cast<std::int64_t>(played.received)};
    }
    return true;
  }
  auto* send = std::get_if<plan::Send>(&step.action);
  if (send == nullptr) return std::holds_alternative<plan::SendIcmp>(step.action);
  for (plan::SegmentText& segment : send->sent) take_from_the_stream(segment.len, segment);
  for (std::size_t i = 0; i < std::min(send->arrive.size(), played.text.size()); ++i) {
    take_as_played(send->sent.at(send->arrive[i]).len, played.text[i]);
  }
  return true;
}

plan::Step wait_of(base::Duration d, std::uint16_t connection) {
  plan::Step step{.action = plan::Wait{{.constant = d.count()}}, .connection = connection};
  return step;
}

/// A wait in parts that octets can say, to the millisecond.
void add_wait(base::Duration left, std::uint16_t connection, std::vector<plan::Step>& steps) {
  constexpr base::Duration kLongest = std::chrono::hours(18);
  constexpr base::Duration kLongestToTheMillisecond = std::chrono::hours(4);
  for (; left > kLongest; left -= kLongest) steps.push_back(wait_of(kLongest, connection));
  if (left > kLongestToTheMillisecond) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    steps.push_back(wait_of(seconds, connection));
    left -= seconds;
  }
  left = std::chrono::ceil<std::chrono::milliseconds>(left);
  if (left.count() > 0) steps.push_back(wait_of(left, connection));
}

bool can_be_said(const plan::Plan& plan, const plan::Step& step) {
  plan::Plan alone = plan;
  alone.steps = {step};
  return plan::octets_of(alone).has_value();
}

/// Segments that octets cannot say together one after the other, in the order in which they arrive.
void add_stimulus(const plan::Plan& plan, plan::Step step, std::vector<plan::Step>& steps) {
  auto* const send = std::get_if<plan::Send>(&step.action);
  if (send == nullptr || can_be_said(plan, step)) return steps.push_back(std::move(step));
  for (const std::uint8_t index : send->arrive) {
    plan::Step& part = steps.emplace_back();
    part.action = plan::Send{.sent = {send->sent.at(index)}, .arrive = {0}};
    part.connection = step.connection;
  }
}

/// The stimuli of a scenario's plan as octets, each at the instant at which it came when the plan
/// was played: what is expected takes time, and none of it is said. Nothing where they cannot be
/// said so.
std::optional<campaign::OctetVector> octets_of_stimuli(
    plan::Plan plan, const std::vector<fuzz::PlayedStep>& played) {
  std::vector<plan::Step> steps;
  base::Duration now{};
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    plan::Step step = plan.steps[i];
    const fuzz::PlayedStep came = i < played.size() ? played[i] : fuzz::PlayedStep{.at = now};
    const bool waits = std::holds_alternative<plan::Wait>(step.action);
    if (waits && (i >= played.size() || can_be_said(plan, step))) {
      steps.push_back(std::move(step));
      now = std::max(now, came.at);
      continue;
    }
    const bool acts = is_stimulus(step, came);
    const bool last = i + 1 == plan.steps.size();
    if (acts || waits || last) {
      add_wait(came.at - now, step.connection, steps);
      now = std::max(now, came.at);
    }
    if (acts) add_stimulus(plan, std::move(step), steps);
  }
  plan.steps = std::move(steps);
  for (std::size_t i = 0; i < plan.connections.size(); ++i) {
    // As the octets have them.
    plan.connections[i].name = std::string(1, static_cast<char>('a' + i));
    plan.connections[i].peer_port = static_cast<std::uint16_t>(40'000 + i);
  }
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

std::vector<Seed> seeds_of(const std::string& target, const fs::path& specs) {
  std::vector<Seed> seeds;
  const std::vector<std::string> all{specs.string()};
  const auto scenarios = scenario::load_scenarios(all, {.specs_root = specs});
  if (!scenarios) return seeds;
  std::vector<std::pair<std::string, plan::Plan>> plans;
  for (const scenario::Scenario& scenario : scenarios.value()) {
    for (const scenario::Instance& instance : scenario.instances) {
      plans.emplace_back(file_name(instance.id), scenario.plan(instance));
    }
  }
  const auto played =
      fuzz::play_steps(target, plans.size(), [&plans](std::size_t i) { return plans[i].second; });
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (auto octets = octets_of_stimuli(plans[i].second, played[i])) {
      seeds.push_back({.name = plans[i].first, .octets = *std::move(octets)});
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

/// `x.plan` → `x-waits-4.plan`.
std::string waiting_name(const std::string& name, std::size_t step) {
  return name.substr(0, name.rfind('.')) + "-waits-" + std::to_string(step) + ".plan";
}

/// Of each seed all that comes before it waits, and the whole, with more time behind than any
/// answer or retransmission takes: what is missing is missed when it is overdue.
std::vector<Seed> waiting(const std::vector<Seed>& seeds) {
  std::vector<Seed> all;
  for (const Seed& seed : seeds) {
    plan::Plan plan = plan::plan_of(seed.octets);
    const std::vector<plan::Step> steps = std::exchange(plan.steps, {});
    for (std::size_t i = 0; i <= steps.size(); ++i) {
      const bool waits = i == steps.size() || std::holds_alternative<plan::Wait>(steps[i].action);
      const bool acts = i > 0 && !std::holds_alternative<plan::Wait>(steps[i - 1].action);
      if (waits && acts) {
        plan.steps.push_back(wait_of(std::chrono::seconds(70), 0));
        if (auto octets = plan::octets_of(plan))
          all.push_back({waiting_name(seed.name, i), *std::move(octets)});
        plan.steps.pop_back();
      }
      if (i < steps.size()) plan.steps.push_back(steps[i]);
    }
  }
  std::ranges::stable_sort(all, {}, [](const Seed& seed) { return seed.octets.size(); });
  return all;
}

/// Adds to `chosen` one of `all` for each mistake that none of them shows.
void add_for_faults(const std::string& stack, const std::vector<Seed>& all,
                    const tcp::AnsweredCells& covered, std::vector<Seed>& chosen) {
  const auto faults = adapter::every_fault(stack + ":fault=all");
  if (!faults) return;
  const std::vector<Seed> all_waiting = waiting(all);
  for (const std::string& target : faults->targets) {
    if (first_to_show(target, chosen, covered) != nullptr) continue;
    const Seed* seed = first_to_show(target, all, covered);
    if (seed == nullptr) seed = first_to_show(target, all_waiting, covered);
    if (seed != nullptr) chosen.push_back(*seed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string target = argv[1];
  const fs::path folder = argv[3];
  const std::vector<Seed> seeds = seeds_of(target, argv[2]);
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
