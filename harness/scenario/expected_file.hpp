#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/result.hpp"

namespace tcprove::scenario {

class Catalogue;

/// Whether `pattern`, an id, the folders that an id begins with, an instance's id, or some of what
/// its suffix says, speaks of the instance `id`; an empty one speaks of all.
bool speaks_of(std::string_view pattern, std::string_view id);

/// A known deviation of one stack, for this reason: these scenarios fail, this rule is broken, or
/// its process dies so.
struct Deviation {
  std::string scenario;  ///< As in speaks_of(); empty: all, where there is a rule or a death.
  std::string rule;      ///< Of the monitor; empty: it is about what the scenario itself expects.
  std::string row;       ///< Options of `tcprove run`: only where these are given; empty: always.
  std::string death;     ///< Part of what the process prints as it dies; empty: it does not.
  std::string requirement;  ///< Catalogue id of what the stack does not do.
  std::string section;      ///< Of the RFC that the requirement belongs to.
  std::string reason;       ///< A sentence.
  base::Place place;        ///< In the file.

  /// Whether it speaks of the instance `id`.
  [[nodiscard]] bool covers(std::string_view id) const { return speaks_of(scenario, id); }
  /// Whether it speaks of what is played with `options`, the words of a row of the matrix.
  [[nodiscard]] bool covers_row(std::string_view options) const;
  /// Whether it says what `other` says, for whatever reason.
  [[nodiscard]] bool repeats(const Deviation& other) const;
};

/// What `specs/expected/<stack>.yaml` says, in the order written.
struct ExpectedDeviations {
  std::string file;
  std::vector<Deviation> deviations;

  /// Reports each deviation that covers none of `ids`, the instances of all scenarios.
  [[nodiscard]] base::Diagnostics unmatched(std::span<const std::string> ids) const;
  /// Reports each deviation that `other`, a list of the same stack's, has too.
  [[nodiscard]] base::Diagnostics repeated(const ExpectedDeviations& other) const;
};

/// A rule of the monitor's, which this room does not know.
struct KnownRule {
  std::string_view name;
  std::string_view requirement;
};

/// Reads a stack's known deviations.
///
/// `catalogue`: whose ids they may name, and `rules`: by which rules; null: any of both.
/// Errors: all of them.
base::Result<ExpectedDeviations> load_expected(const std::filesystem::path& path,
                                               const Catalogue* catalogue,
                                               std::span<const KnownRule> rules = {});

}  // namespace tcprove::scenario
