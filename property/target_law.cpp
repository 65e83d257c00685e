#include "property/target_law.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/base/check.hpp"
#include "harness/campaign/corpus_folder.hpp"
#include "harness/engine/workers.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/shrink.hpp"
#include "property/arbitrary_plan.hpp"

namespace tcprove::property {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPlays = 500;
constexpr std::uint64_t kPlaysAJob = 10;
constexpr std::uint64_t kFirstSeed = 9293;

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr ? otherwise : std::stoull(value);
}

/// Checks a law on kPlaysAJob plans a job, in a process that may die of it.
class LawRunner : public engine::JobRunner {
 public:
  LawRunner(const adapter::Target& target, const Law& law, std::uint64_t first)
      : play_(target), law_(law), first_(first) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    for (std::uint64_t i = 0; i < kPlaysAJob; ++i) {
      const auto octets = plan::plan_octets_of_seed(first_ + job * kPlaysAJob + i);
      if (law_(play_, octets).empty()) continue;
      const auto shrunk =
          plan::shrink(octets, [this](wire::Octets trial) { return !law_(play_, trial).empty(); });
      const plan::Plan plan = plan::plan_of(shrunk);
      const std::string complaint = law_(play_, shrunk);
      play_.judge(plan);
      const std::string text = complaint + "\n" + play_.story(plan);
      return {text.begin(), text.end()};
    }
    return {};
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  JudgedPlay play_;
  const Law& law_;
  std::uint64_t first_;
};

/// The reference stack with a named mistake, of its own or on its wire.
std::unique_ptr<adapter::Adapter> reference_with(std::string_view fault) {
  const std::string name(fault);
  auto own = adapter::make_adapter("reference:fault=" + name);
  if (own.ok()) return std::move(own.value());
  auto on_wire = adapter::make_adapter("fault=" + name + ",reference");
  TCPROVE_CHECK(on_wire.ok(), "the fault has a name");
  return std::move(on_wire.value());
}

/// Those whose initial numbers can be given: of another a play is not the same twice.
std::span<const adapter::Target> exact_targets() {
  static const std::vector<adapter::Target> exact = [] {
    std::vector<adapter::Target> found;
    for (const adapter::Target& target : adapter::targets()) {
      const bool given = target.make()->profile().capabilities.has(tcp::Capability::SetIss);
      if (given) found.push_back(target);
    }
    return found;
  }();
  return exact;
}

}  // namespace

std::span<const adapter::Target> targets_under_test() {
  static const char* const named = std::getenv("TCPROVE_TARGET");
  if (named == nullptr) return exact_targets();
  static const adapter::Target one{.name = named,
                                   .summary = "what TCPROVE_TARGET names",
                                   .make = []() -> std::unique_ptr<adapter::Adapter> {
                                     auto made = adapter::make_adapter(named);
                                     if (made.ok()) return std::move(made.value());
                                     ADD_FAILURE()
                                         << "TCPROVE_TARGET=" << named << " cannot be made";
                                     std::abort();
                                   },
                                   .faults = {},
                                   .make_faulty = nullptr};
  return {&one, 1};
}

const campaign::KnownFindings& known_of(const adapter::Target& target) {
  static std::map<std::string_view, campaign::KnownFindings> known;
  const auto found = known.find(target.name);
  if (found != known.end()) return found->second;
  const fs::path specs = fs::path(TCPROVE_SOURCE_DIR) / "specs";
  auto loaded = campaign::load_known_findings(specs, target.name);
  EXPECT_TRUE(loaded.ok()) << base::to_string(loaded.error());
  return known.emplace(target.name, std::move(loaded.value())).first->second;
}

std::string complaint(JudgedPlay& play, const plan::Plan& plan) {
  play.judge(plan);
  const engine::Outcome& outcome = play.outcome();
  const bool held = outcome.kind == engine::Outcome::Kind::Held ||
                    outcome.kind == engine::Outcome::Kind::Unsupported;
  if (held) return {};
  const std::string why = outcome.mismatch
                              ? outcome.mismatch->expected + ", not " + outcome.mismatch->actual
                              : outcome.reason;
  return why + "\n" + play.story(plan);
}

void check_holds(const plan::Plan& plan) {
  for (const adapter::Target& target : targets_under_test()) {
    JudgedPlay play(target);
    const std::string why = complaint(play, plan);
    if (!why.empty()) RC_FAIL(std::string(target.name) + ": " + why);
  }
}

bool fails_with(std::string_view fault, const std::function<plan::Plan()>& draw) {
  JudgedPlay play(reference_with(fault));
  const auto plans = rc::gen::exec(draw);
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kPlays; ++seed) {
    if (!complaint(play, plans(rc::Random(seed), rc::kNominalSize).value()).empty()) return true;
  }
  return false;
}

bool is_broken_by(std::string_view fault, const Law& law) {
  JudgedPlay play(reference_with(fault));
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kPlays; ++seed) {
    if (!law(play, plan::plan_octets_of_seed(seed)).empty()) return true;
  }
  const fs::path corpus = fs::path(TCPROVE_SOURCE_DIR) / "corpus" / "plan_reference";
  return std::ranges::any_of(campaign::read_plans(corpus), [&](const campaign::OctetVector& plan) {
    return !law(play, plan).empty();
  });
}

void check_on_plans(const adapter::Target& target, const Law& law) {
  const std::uint64_t first = number_of("TCPROVE_SEED", kFirstSeed);
  const std::uint64_t plays = number_of("TCPROVE_PLAYS", kPlays);
  std::cout << target.name << ": " << plays << " plans from seed " << first << '\n';
  const auto make = [&] { return std::make_unique<LawRunner>(target, law, first); };
  const auto done = [&](std::size_t, wire::Octets result) {
    if (result.empty()) return;
    ADD_FAILURE() << target.name << ": " << std::string(result.begin(), result.end());
  };
  const auto lost = [&](const engine::LostJob& job) {
    if (known_of(target).find_death(job.reason) != nullptr) return;
    ADD_FAILURE() << target.name << ", one of " << kPlaysAJob << " plans from seed "
                  << first + job.job * kPlaysAJob << ": " << job.reason;
  };
  const std::string error = engine::run_jobs(
      plays / kPlaysAJob, {.workers = 2, .job_time = std::chrono::minutes(1)}, make,
      {.done = done, .lost = lost, .interrupted = [] { return ::testing::Test::HasFailure(); }});
  EXPECT_EQ(error, "");
}

}  // namespace tcprove::property
