#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/result.hpp"

namespace tcprove::scenario {

class Catalogue;

/// What the score does not prove, and why it need not or cannot.
struct Unproven {
  enum class Kind : std::uint8_t {
    Faults,       ///< No fault breaks these instances.
    Silence,      ///< A stack of which nothing arrives does not break them.
    Requirement,  ///< No scenario of its own fails under a fault that breaks it.
  };
  Kind kind = Kind::Faults;
  std::string name;    ///< Of a requirement, or of instances as in speaks_of().
  std::string reason;  ///< A sentence.
  base::Place place;   ///< Of `name` in the file.

  bool operator==(const Unproven&) const = default;
};

/// What `specs/expected/unproven.yaml` says, in the order written.
struct UnprovenList {
  std::string file;
  std::vector<Unproven> entries;

  /// Reports each entry that speaks of none of `ids`, the instances of all scenarios.
  [[nodiscard]] base::Diagnostics unmatched(std::span<const std::string> ids) const;
};

/// Reads it; `catalogue`: whose ids it may name.
/// Errors: all of them.
base::Result<UnprovenList> load_unproven(const std::filesystem::path& path,
                                         const Catalogue& catalogue);

}  // namespace tcprove::scenario
