#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/base/result.hpp"

namespace tcprove::scenario {

/// A mistake that a TCP once made.
struct Bug {
  std::string id;         ///< Never reused.
  std::string stack;      ///< Who made it.
  std::string reference;  ///< Where it is told: a commit, an issue, a CVE, a paper.
  std::string broke;      ///< What went wrong, in a sentence.
  std::string fault;      ///< The reference stack's that is this mistake; empty: it has none.
  std::vector<std::pair<std::string, base::Place>> scenarios;  ///< That play its trigger, by id.
  std::string not_playable;  ///< Why there are none; empty exactly where there are some.
};

/// What `specs/catalogue/bugs.yaml` says, in the order written.
struct Bugs {
  std::string file;
  std::vector<Bug> bugs;

  /// Reports each scenario that is none of `ids`, those of all scenarios, and each of `ids` below
  /// `regressions/` that plays no bug's trigger.
  [[nodiscard]] base::Diagnostics unmatched(std::span<const std::string> ids) const;
};

/// Reads the bugs, each once.
///
/// `faults`: of the reference stack, which this room does not know; empty: any.
/// Errors: all of them.
base::Result<Bugs> load_bugs(const std::filesystem::path& path,
                             std::span<const std::string_view> faults = {});

}  // namespace tcprove::scenario
