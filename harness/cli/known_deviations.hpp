#pragma once

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "harness/base/result.hpp"
#include "harness/cli/judgement.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/expected_file.hpp"

namespace tcprove::cli {

/// A stack's list of known deviations as it is used up by a run.
///
/// An entry that names a rule excuses what that rule finds. One that names a scenario alone excuses
/// a step there that does not hold, a crash included, and what any rule of its own requirement
/// finds there.
class KnownDeviations {
 public:
  explicit KnownDeviations(scenario::ExpectedDeviations expected);

  /// Takes the findings that are excused out of `findings`, and concludes from the rest. Where
  /// nothing is left the verdict is xfail with the reasons of all that excused something; or xpass,
  /// where an entry by scenario found nothing to excuse. `row`: options of the matrix row in which
  /// it was played.
  void conclude(std::vector<Finding> findings, report::ScenarioResult& result,
                std::string_view row = {});

  /// What the instance `id` is known not to do in `row` alone; empty where it is to hold there.
  [[nodiscard]] std::string expected_in_row(std::string_view id, std::string_view row) const;

  /// The entries by rule that excused nothing in what was played and judged, if `was_played` says
  /// that this was all that they speak of.
  [[nodiscard]] std::vector<report::StaleDeviation> stale(
      const std::function<bool(const scenario::Deviation&)>& was_played) const;

 private:
  struct Use {
    bool excused = false;
    bool judged = false;  ///< Something that it speaks of was played to an end.
  };

  scenario::ExpectedDeviations expected_;
  std::vector<Use> uses_;  ///< By entry.
};

/// Reads a list of known deviations, whose entries may name the catalogue's ids and the monitor's
/// rules.
base::Result<scenario::ExpectedDeviations> read_expected(const std::filesystem::path& path,
                                                         const scenario::Catalogue& catalogue);

}  // namespace tcprove::cli
