#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// How many scenarios came to each verdict.
class Tally {
 public:
  void add(Verdict verdict) { ++counts_.at(static_cast<std::size_t>(verdict)); }
  [[nodiscard]] std::size_t operator[](Verdict verdict) const {
    return counts_.at(static_cast<std::size_t>(verdict));
  }

 private:
  std::array<std::size_t, kVerdictCount> counts_{};
};

/// The scenarios of one folder.
///
/// Lifetime: `scenarios` point into what groups_of() was given.
struct Group {
  std::string name;  ///< `textbook/close`; `.` for scenarios in no folder.
  std::vector<const ScenarioResult*> scenarios;
  Tally tally;
};

/// The first two folders of a scenario's id without its instance; deeper ones are one group.
std::string_view group_name(std::string_view path);

/// All groups by name, each with its scenarios in the order given.
std::vector<Group> groups_of(std::span<const ScenarioResult> scenarios);

Tally tally_of(std::span<const ScenarioResult> scenarios);

/// The verdicts that a table of these runs has columns for: pass, fail, and what else one came to.
std::vector<Verdict> verdicts_of(std::span<const RunResult> runs);

}  // namespace tcprove::report
