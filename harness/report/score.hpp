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

/// A fault that breaks a requirement, and the first instance that covers it and fails in a step of
/// its own.
struct FaultProof {
  std::string fault;
  std::string scenario;  ///< The instance's id; empty where there is none.
};

/// What shows that the suite judges a requirement.
struct RequirementProof {
  std::string id;
  std::string level;
  bool needed = false;             ///< One of RFC 9293's numbered ones that can be tested.
  std::vector<FaultProof> faults;  ///< That break it.
  std::string known_reason;        ///< Why nothing proves it, as is known; else empty.

  [[nodiscard]] bool proven() const;
  [[nodiscard]] bool as_known() const {
    return proven() ? known_reason.empty() : !needed || !known_reason.empty();
  }
};

/// An instance of which it is not clear what would make it fail.
struct Doubt {
  enum class Why : std::uint8_t {
    NoFaultBreaksIt,  ///< No fault breaks a step of its own or a rule in one.
    HoldsInSilence,   ///< Its steps hold although nothing arrives that the stack sends.
  };
  std::string id;
  Why why = Why::NoFaultBreaksIt;
  std::string known_reason;  ///< Why that is right; else empty.
};

/// What became of the instances that hold without a fault.
struct InstanceScore {
  std::size_t tried = 0;
  std::size_t by_step = 0;  ///< Some fault breaks a step of their own,
  std::size_t by_rule = 0;  ///< or else has a rule speak in one.
  std::vector<Doubt> doubts;
  std::vector<std::string> stale;  ///< Listed as doubtful, and none of what that names is.

  [[nodiscard]] bool as_known() const;
};

/// What the suite catches: every fault of a target, played against all scenarios selected.
struct Score {
  std::string version;  ///< tcprove's.
  std::string target;   ///< As in --target: `reference:fault=all`.
  std::string correct;  ///< The target without a fault.
  std::uint64_t seed = 1;
  std::vector<ScenarioResult> against_correct;  ///< What failed, warned or broke a rule without it.
  std::size_t instances = 0;
  std::vector<FaultResult> faults;               ///< In the order of `tcprove list faults`.
  std::vector<RequirementProof> requirements;    ///< Of a target that has faults of its own,
  std::optional<InstanceScore> instances_tried;  ///< as is this.
  std::chrono::microseconds wall_time{};

  /// Every fault, requirement and instance is as known and the target without one is as it should
  /// be.
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
