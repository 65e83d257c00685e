#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/result.hpp"

namespace tcprove::scenario {

class Catalogue;

/// A known deviation of one stack: these scenarios fail, for this reason.
struct Deviation {
  std::string scenario;     ///< An id, the folders that an id begins with, or an instance's id.
  std::string requirement;  ///< Catalogue id of what the stack does not do.
  std::string section;      ///< Of the RFC that the requirement belongs to.
  std::string reason;       ///< A sentence.
  base::Place place;        ///< In the file.

  /// Whether the instance `id` is one of those that fail.
  [[nodiscard]] bool covers(std::string_view id) const;
};

/// What `specs/expected/<stack>.yaml` says, in the order written.
struct ExpectedDeviations {
  std::string file;
  std::vector<Deviation> deviations;

  /// The first deviation that covers the instance `id`; null where none does.
  [[nodiscard]] const Deviation* find(std::string_view id) const;

  /// Reports each deviation that covers none of `ids`, the instances of all scenarios.
  [[nodiscard]] base::Diagnostics unmatched(std::span<const std::string> ids) const;
};

/// Reads a stack's known deviations.
///
/// `catalogue`: whose ids they may name; null: any. Errors: all of them.
base::Result<ExpectedDeviations> load_expected(const std::filesystem::path& path,
                                               const Catalogue* catalogue);

}  // namespace tcprove::scenario
