#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/result.hpp"

namespace tcprove::scenario {

/// A row of the catalogue: one thing that an RFC requires.
struct Requirement {
  std::string id;        ///< `MUST-13`, `RFC5961-2`, `3.10.7.4-unacceptable-draws-ack`.
  std::string slug;      ///< A short name; of unlabelled ones the id without its section.
  std::string level;     ///< `MUST`, `MUST NOT`, `SHOULD`, …, `DESCRIPTIVE`, `INFORMATIONAL`.
  std::string section;   ///< Of the RFC that the id belongs to.
  std::string text;      ///< What is required.
  std::string testable;  ///< Where it shows first: `wire`, `api`, `timing` or `internal`.
  std::vector<std::string> also;  ///< Where else it shows.
  std::string stimulus;           ///< What to do to the stack; empty for unlabelled ones.
  std::string expected;           ///< What must be seen then.
  std::string condition;          ///< When it binds; empty: always.
  std::string notes;              ///< What a judge should know.
  std::string untestable;         ///< Why nothing outside can show it; empty: something can.
};

/// All requirements that scenarios and rules may name.
class Catalogue {
 public:
  /// Requires: no two ids are equal.
  explicit Catalogue(std::vector<Requirement> requirements);

  /// In the order of the files: RFC 9293's numbered ones, those of its companions, unlabelled ones.
  [[nodiscard]] std::span<const Requirement> all() const { return requirements_; }

  /// Null where there is none.
  [[nodiscard]] const Requirement* find(std::string_view id) const;

  /// The id that `id` was probably meant to be; empty where none is near.
  [[nodiscard]] std::string nearest(std::string_view id) const;

 private:
  std::vector<Requirement> requirements_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

/// Reads `rfc9293.yaml`, `companions.yaml` and `unlabelled.yaml` in `folder`.
///
/// Errors: all of them, in all files.
base::Result<Catalogue> load_catalogue(const std::filesystem::path& folder);

}  // namespace tcprove::scenario
