#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/engine/workers.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/shrink.hpp"
#include "harness/scenario/plan_printer.hpp"
#include "property/arbitrary_plan.hpp"
#include "property/judged_play.hpp"

namespace tcprove::property {
namespace {

std::string variable(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

/// A complaint without its numbers.
std::string kind_of(const monitor::Violation& v) {
  std::string kind = v.rule + ": ";
  for (const char c : v.message) {
    if (c < '0' || c > '9') kind += c;
  }
  return kind;
}

/// Does `work` for each job in a process that may die of it.
class Hunter : public engine::JobRunner {
 public:
  using Work = std::function<std::string(JudgedPlay&, std::size_t job)>;
  Hunter(const adapter::Target& target, const Work& work) : play_(target), work_(work) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    const std::string text = work_(play_, job);
    return {text.begin(), text.end()};
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  JudgedPlay play_;
  const Work& work_;
};

/// `lost` gets why a job's process died.
void hunt(const adapter::Target& target, std::size_t jobs, const Hunter::Work& work,
          const std::function<void(const std::string&)>& done,
          const std::function<void(const engine::LostJob&)>& lost) {
  const auto make = [&] { return std::make_unique<Hunter>(target, work); };
  const std::string error = engine::run_jobs(
      jobs, {.workers = 2, .job_time = std::chrono::minutes(2)}, make,
      {.done = [&](std::size_t, wire::Octets o) { done(std::string(o.begin(), o.end())); },
       .lost = lost,
       .interrupted = [] { return false; }});
  ASSERT_EQ(error, "");
}

/// Why the stack dies of the plan; empty where it lives.
std::string death_of(const adapter::Target& target, wire::Octets octets) {
  std::string reason;
  hunt(
      target, 1,
      [octets](JudgedPlay& play, std::size_t) {
        play.judge(plan::plan_of(octets));
        return std::string();
      },
      [](const std::string&) {}, [&reason](const engine::LostJob& lost) { reason = lost.reason; });
  return reason;
}

/// The plan among those of `seeds` from `first` on that kills the stack so, made as short as can
/// be.
void print_death(const adapter::Target& target, std::uint64_t first, std::size_t seeds,
                 const std::string& reason) {
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const auto octets = plan::plan_octets_of_seed(seed);
    if (death_of(target, octets) != reason) continue;
    const plan::Plan plan = plan::plan_of(plan::shrink(
        octets, [&](wire::Octets trial) { return death_of(target, trial) == reason; }));
    std::cout << "==== seed " << seed << ' ' << reason << '\n'
              << scenario::to_yaml(plan, reason) << std::endl;
    return;
  }
}

/// The shortest plan that draws the complaint, in words.
std::string shortest(JudgedPlay& play, std::uint64_t seed, const std::string& kind) {
  const auto draws = [&](wire::Octets trial) {
    for (const monitor::Violation& v : play.judge(plan::plan_of(trial))) {
      if (kind_of(v) == kind) return true;
    }
    return false;
  };
  const plan::Plan plan = plan::plan_of(plan::shrink(plan::plan_octets_of_seed(seed), draws));
  play.judge(plan);
  return play.story(plan);
}

/// Not a law but a search, to be run by hand: prints the shortest plan of each kind of complaint.
///   TCPROVE_HUNT=100000 TCPROVE_HUNT_TARGET=lwip build/ordering_test --gtest_filter=Hunt.*
TEST(Hunt, PrintsOnePlanForEachKindOfComplaint) {
  constexpr std::size_t kPlaysAJob = 25;
  const std::size_t plays = std::stoul(variable("TCPROVE_HUNT", "0"));
  if (plays == 0) GTEST_SKIP() << "TCPROVE_HUNT says how many plans to play";
  const std::string wanted = variable("TCPROVE_HUNT_TARGET", "reference");
  const std::uint64_t first = std::stoull(variable("TCPROVE_HUNT_SEED", "1"));
  for (const adapter::Target& target : adapter::targets()) {
    if (target.name != wanted) continue;
    std::map<std::string, std::pair<int, std::uint64_t>> seen;  // How often, and the first seed.
    const auto note = [&seen](const std::string& kind, std::uint64_t seed) {
      auto& [count, earliest] = seen.try_emplace(kind, 0, seed).first->second;
      ++count;
      earliest = std::min(earliest, seed);
    };
    const auto work = [first](JudgedPlay& play, std::size_t job) {
      std::string lines;
      for (std::size_t i = 0; i < kPlaysAJob; ++i) {
        const std::uint64_t seed = first + job * kPlaysAJob + i;
        for (const auto& v : play.judge(plan::plan_of(plan::plan_octets_of_seed(seed)))) {
          lines += fmt::format("{} {}\n", seed, kind_of(v));
        }
      }
      return lines;
    };
    std::map<std::string, std::pair<int, std::uint64_t>> deaths;  // The first seed of a job.
    hunt(
        target, plays / kPlaysAJob, work,
        [&](const std::string& lines) {
          std::istringstream text(lines);
          std::uint64_t seed = 0;
          for (std::string kind; text >> seed && text.get() && std::getline(text, kind);) {
            note(kind, seed);
          }
        },
        [&](const engine::LostJob& lost) {
          ++deaths.try_emplace(lost.reason, 0, first + lost.job * kPlaysAJob).first->second.first;
        });
    for (const auto& [reason, where] : deaths) {
      print_death(target, where.second, kPlaysAJob, reason);
    }
    for (const auto& [kind, where] : seen) {
      const auto& [count, seed] = where;
      std::cout << "==== seed " << seed << ' ' << kind << '\n';
      hunt(
          target, 1,
          [&, s = seed, k = kind](JudgedPlay& play, std::size_t) { return shortest(play, s, k); },
          [](const std::string& story) { std::cout << story << std::endl; },
          [](const engine::LostJob& lost) { std::cout << lost.reason << std::endl; });
    }
    for (const auto& [kind, where] : seen) std::cout << where.first << " times " << kind << '\n';
    for (const auto& [reason, where] : deaths)
      std::cout << where.first << " times " << reason << '\n';
  }
}

}  // namespace
}  // namespace tcprove::property
