#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "harness/report/result.hpp"
#include "harness/report/style.hpp"

namespace tcprove::report {

/// A scenario whose steps do not hold with a fault as they do without it.
struct CaughtByScenario {
  std::string id;                   ///< Of the instance.
  Verdict verdict = Verdict::Fail;  ///< Fail, Warn or Error.
  std::string reason;
};

/// A rule of the monitor that speaks of a fault in a scenario in which it is silent without.
struct CaughtByRule {
  std::string rule;
  std::string id;  ///< Of the instance.
};

/// What became of one fault.
struct FaultResult {
  std::string name;
  std::string target;  ///< That makes it: `reference:fault=no-paws`.
  std::string requirement;
  std::string sentence;
  std::optional<CaughtByScenario> scenario;  ///< The first by id.
  std::optional<CaughtByRule> rule;          ///< The first by the instance's id.
  std::string known_reason;                  ///< Why nothing is known to catch it; else empty.

  [[nodiscard]] bool caught() const { return scenario || rule; }
  /// As it is known to be: the score has neither fallen nor risen unnoticed.
  [[nodiscard]] bool as_known() const { return caught() == known_reason.empty(); }
};

/// What the suite catches: every fault of a target, played against all scenarios selected.
struct Score {
  std::string version;  ///< tcprove's.
  std::string target;   ///< As in --target: `reference:fault=all`.
  std::string correct;  ///< The target without a fault.
  std::uint64_t seed = 1;
  std::vector<ScenarioResult> against_correct;  ///< What failed, warned or broke a rule without it.
  std::size_t instances = 0;
  std::vector<FaultResult> faults;  ///< In the order of `tcprove list faults`.
  std::chrono::microseconds wall_time{};

  /// Every fault is as known and the target without one is as it should be.
  [[nodiscard]] bool holds() const;
};

/// How many of a score's faults are what.
struct ScoreCounts {
  std::size_t faults = 0;
  std::size_t caught = 0;
  std::size_t by_scenario = 0;
  std::size_t by_rule = 0;
  std::size_t known_uncaught = 0;       ///< Not caught, as is known.
  std::size_t missed = 0;               ///< Not caught, and not known not to be.
  std::size_t stale = 0;                ///< Caught, though known not to be.
  [[nodiscard]] double share() const {  ///< Of those caught, 0…1.
    return faults == 0 ? 1 : static_cast<double>(caught) / static_cast<double>(faults);
  }
};

ScoreCounts counts_of(const Score& score);

/// A table with a line a fault, what turns the score red, and the share in one line.
void write_score(std::ostream& out, const Score& score, const TextStyle& style);

/// The same as JSON (README.md, The score).
void write_score_json(std::ostream& out, const Score& score);

}  // namespace tcprove::report
