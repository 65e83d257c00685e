#include "harness/cli/proofs.hpp"

#include <algorithm>

#include "harness/cli/unproven.hpp"
#include "harness/scenario/expected_file.hpp"

namespace tcprove::cli {
namespace {

using report::Doubt;
using scenario::Unproven;
using Kind = Unproven::Kind;

/// Finds what excuses a doubt, and what excuses none.
class Excuses {
 public:
  explicit Excuses(const scenario::UnprovenList& list) : list_(list), used_(list.entries.size()) {}

  /// The reason why `name`, an instance or a requirement, is unproven; empty where none is known.
  std::string find(Kind kind, const std::string& name) {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const Unproven& entry = list_.entries[i];
      const bool speaks =
          kind == Kind::Requirement ? entry.name == name : scenario::speaks_of(entry.name, name);
      if (entry.kind != kind || !speaks) continue;
      used_[i] = true;
      return entry.reason;
    }
    return {};
  }

  /// Of the instances'.
  [[nodiscard]] std::vector<std::string> unused() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const Unproven& entry = list_.entries[i];
      if (!used_[i] && entry.kind != Kind::Requirement) names.push_back(entry.name);
    }
    return names;
  }

 private:
  const scenario::UnprovenList& list_;
  std::vector<bool> used_;  ///< By entry.
};

}  // namespace

std::vector<report::RequirementProof> requirement_proofs(
    const FaultPlays& plays, const std::vector<std::optional<std::size_t>>& proofs,
    const scenario::UnprovenList& list) {
  Excuses excuses(list);
  std::vector<report::RequirementProof> rows;
  for (const scenario::Requirement& requirement : plays.catalogue.all()) {
    report::RequirementProof row{
        .id = requirement.id, .level = requirement.level, .needed = needs_proof(requirement)};
    for (std::size_t fault = 0; fault < plays.faults.size(); ++fault) {
      if (plays.faults[fault].requirement != requirement.id) continue;
      report::FaultProof& broken = row.faults.emplace_back();
      broken.fault = plays.faults[fault].name;
      if (proofs[fault]) broken.scenario = plays.jobs[*proofs[fault]].instance->id;
    }
    row.known_reason = excuses.find(Kind::Requirement, requirement.id);
    if (row.needed || !row.faults.empty() || !row.known_reason.empty()) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

report::InstanceScore instance_score(const FaultPlays& plays,
                                     const std::vector<InstanceTrial>& trials,
                                     const scenario::UnprovenList& list, bool all) {
  Excuses excuses(list);
  report::InstanceScore score;
  for (std::size_t job = 0; job < trials.size(); ++job) {
    const InstanceTrial& trial = trials[job];
    const std::string& id = plays.jobs[job].instance->id;
    if (!trial.tried) continue;
    ++score.tried;
    if (trial.step) ++score.by_step;
    if (!trial.step && trial.rule) ++score.by_rule;
    if (!trial.step && !trial.rule) {
      score.doubts.push_back({.id = id,
                              .why = Doubt::Why::NoFaultBreaksIt,
                              .known_reason = excuses.find(Kind::Faults, id)});
    }
    if (trial.silent) {
      score.doubts.push_back({.id = id,
                              .why = Doubt::Why::HoldsInSilence,
                              .known_reason = excuses.find(Kind::Silence, id)});
    }
  }
  if (all) score.stale = excuses.unused();
  return score;
}

}  // namespace tcprove::cli
