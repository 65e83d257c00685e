#include <algorithm>
#include <array>
#include <iostream>
#include <vector>

#include <fmt/format.h>

#include "harness/adapter/registry.hpp"
#include "harness/cli/capability_needs.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/target_profile.hpp"
#include "harness/cli/version.hpp"
#include "harness/engine/workers.hpp"
#include "harness/smoke/check.hpp"

namespace tcprove::cli {
namespace {

using smoke::Check;
using smoke::Finding;
using smoke::Verdict;

/// In the order of Verdict.
constexpr std::array<std::string_view, 5> kWords{"works", "broken", "missing", "unclaimed",
                                                 "untried"};

/// Makes checks in a worker, one a job, with one adapter as a run has it; job 0 is the first check.
class SmokeRunner : public engine::JobRunner {
 public:
  explicit SmokeRunner(const std::string& target) : target_(target) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    if (!adapter_) {
      auto made = adapter::make_adapter(target_);
      if (!made) return octets_of({.verdict = Verdict::Broken, .why = to_string(made.error())});
      adapter_ = std::move(made.value());
    }
    smoke::Bench bench(*adapter_);
    return octets_of(smoke::look(smoke::checks()[job], bench));
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  static std::vector<std::uint8_t> octets_of(const Finding& finding) {
    std::vector<std::uint8_t> octets;
    octets.reserve(1 + finding.why.size());
    octets.push_back(static_cast<std::uint8_t>(finding.verdict));
    octets.insert(octets.end(), finding.why.begin(), finding.why.end());
    return octets;
  }

  const std::string& target_;
  std::unique_ptr<adapter::Adapter> adapter_;
};

Finding finding_from(wire::Octets octets) {
  if (octets.empty() || octets.front() >= kWords.size()) {
    return {.verdict = Verdict::Broken, .why = "its process wrote over ours"};
  }
  return {.verdict = static_cast<Verdict>(octets.front()),
          .why = {octets.begin() + 1, octets.end()}};
}

/// One `tcprove smoke`.
class SmokeCommand {
 public:
  explicit SmokeCommand(const SmokeArguments& arguments) : arguments_(arguments) {}
  ExitStatus run();

 private:
  std::string look_at_all();
  void print(const Check& check, const Finding& finding) const;
  void print_next() const;
  [[nodiscard]] std::size_t count(Verdict verdict) const;
  [[nodiscard]] std::string scenarios_that_need(const Check& check) const;

  const SmokeArguments& arguments_;
  std::vector<Finding> findings_ = std::vector<Finding>(smoke::checks().size());
  bool crashed_ = false;
  std::optional<CapabilityNeeds> needs_;
};

std::string SmokeCommand::look_at_all() {
  return engine::run_jobs(
      findings_.size(), {}, [&] { return std::make_unique<SmokeRunner>(arguments_.target); },
      {.done = [&](std::size_t job, wire::Octets octets) { findings_[job] = finding_from(octets); },
       .lost =
           [&](const engine::LostJob& lost) {
             crashed_ = true;
             findings_[lost.job] = {.verdict = Verdict::Broken, .why = lost.reason};
           },
       .interrupted = interrupted});
}

std::size_t SmokeCommand::count(Verdict verdict) const {
  return static_cast<std::size_t>(std::ranges::count(findings_, verdict, &Finding::verdict));
}

std::string SmokeCommand::scenarios_that_need(const Check& check) const {
  const auto capability = check.capability();
  if (!needs_ || !capability) return {};
  return fmt::format("; {} of {} scenarios need it", needs_->of(*capability), needs_->instances);
}

void SmokeCommand::print(const Check& check, const Finding& finding) const {
  const auto word = kWords.at(static_cast<std::size_t>(finding.verdict));
  std::string said;
  switch (finding.verdict) {
    case Verdict::Works:
      said = check.promise;
      break;
    case Verdict::Broken:
    case Verdict::Untried:
      said = finding.why;
      break;
    case Verdict::Missing:
      said = "not claimed" + scenarios_that_need(check);
      break;
    case Verdict::Unclaimed:
      said = "it seems to work, and is not claimed" + scenarios_that_need(check);
      break;
  }
  std::cout << fmt::format("{:<10} {:<24} {}\n", word, check.name, said);
}

/// The first thing that is broken; else what opens up the most scenarios.
void SmokeCommand::print_next() const {
  const auto checks = smoke::checks();
  const auto broken = std::ranges::find(findings_, Verdict::Broken, &Finding::verdict);
  if (broken != findings_.end()) {
    const Check& check = checks[static_cast<std::size_t>(broken - findings_.begin())];
    std::cout << fmt::format("next: {}: {}\n", check.name, check.next);
    return;
  }
  std::size_t most = checks.size();
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const bool open =
        findings_[i].verdict == Verdict::Missing || findings_[i].verdict == Verdict::Unclaimed;
    if (!open || !needs_ || !checks[i].capability()) continue;
    const auto needed = [&](std::size_t j) { return needs_->of(*checks[j].capability()); };
    if (needed(i) > 0 && (most == checks.size() || needed(i) > needed(most))) most = i;
  }
  if (most != checks.size()) {
    std::cout << fmt::format("next: {}{}{}\n", checks[most].name, scenarios_that_need(checks[most]),
                             findings_[most].verdict == Verdict::Unclaimed
                                 ? "; claim it"
                                 : fmt::format("; if the stack has it, {}", checks[most].next));
  }
  std::cout << fmt::format("then: tcprove run --target '{}'\n", arguments_.target);
}

ExitStatus SmokeCommand::run() {
  const auto profile = profile_of(arguments_.target, arguments_.owned);
  if (!profile) {
    std::cerr << profile.error().text;
    return profile.error().status;
  }
  std::cout << fmt::format("tcprove {}  smoke  target {} ({} {})\n", kVersion, arguments_.target,
                           profile.value().name, profile.value().version)
            << std::flush;
  const std::string failure = look_at_all();
  if (!failure.empty() || interrupted()) {
    std::cerr << fmt::format("tcprove: {}\n", failure.empty() ? "interrupted" : failure);
    return kHarnessFailed;
  }
  needs_ = count_needs();
  for (std::size_t i = 0; i < findings_.size(); ++i) print(smoke::checks()[i], findings_[i]);
  std::cout << fmt::format("{} work · {} broken · {} missing · {} unclaimed · {} untried\n",
                           count(Verdict::Works), count(Verdict::Broken), count(Verdict::Missing),
                           count(Verdict::Unclaimed), count(Verdict::Untried));
  print_next();
  if (crashed_) return kHarnessFailed;
  return count(Verdict::Broken) > 0 ? kViolated : kAllHeld;
}

}  // namespace

ExitStatus smoke_command(const SmokeArguments& arguments) { return SmokeCommand(arguments).run(); }

}  // namespace tcprove::cli
