#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "harness/scenario/expected_file.hpp"

namespace tcprove::campaign {

/// What generated plans are known to show of a stack, each with its reason.
///
/// Entries by rule and by death count; those of scenarios say nothing of other plans.
class KnownFindings {
 public:
  KnownFindings() = default;
  explicit KnownFindings(std::vector<scenario::ExpectedDeviations> lists)
      : lists_(std::move(lists)) {}

  /// The entry that knows that the stack breaks the monitor's rule; null where none does.
  [[nodiscard]] const scenario::Deviation* find_rule(std::string_view rule) const;

  /// The entry that knows that the stack dies so; `reason` as in engine::LostJob.
  [[nodiscard]] const scenario::Deviation* find_death(std::string_view reason) const;

 private:
  std::vector<scenario::ExpectedDeviations> lists_;
};

/// `list` and, where there is one, the list of the same name in the folder generated/ beside it.
std::vector<std::filesystem::path> with_generated(const std::filesystem::path& list);

/// The lists below the folder `specs` that speak of `target`, as far as they exist: what scenarios
/// show of it, and what generated plans show beside.
std::vector<std::filesystem::path> lists_of(const std::filesystem::path& specs,
                                            std::string_view target);

/// What those lists say. Errors: all of them.
base::Result<KnownFindings> load_known_findings(const std::filesystem::path& specs,
                                                std::string_view target);

}  // namespace tcprove::campaign
