#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/result.hpp"
#include "harness/plan/plan.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

/// How deep `given` may lead from fragment to fragment.
inline constexpr std::size_t kGivenNestingMax = 8;
/// Steps of a scenario, with those of its fragments.
inline constexpr std::size_t kStepsMax = 1'000;

/// A way into a state for a stack that opens in one role; there may be none.
struct Way {
  bool exists = true;
  std::vector<plan::Step> steps;
};

/// The steps that lead to a state, those of the fragments that it begins with included.
struct Fragment {
  std::vector<std::string> files;  ///< What Step::file points into.
  Way passive;
  Way active;

  [[nodiscard]] const Way& way(plan::Role role) const {
    return role == plan::Role::Active ? active : passive;
  }
};

using FragmentPtr = std::shared_ptr<const Fragment>;

/// The files under a specs root's `fragments/`, each read once.
class Fragments {
 public:
  explicit Fragments(std::filesystem::path specs_root) : root_(std::move(specs_root)) {}

  /// The fragment that `given` at `place` names.
  ///
  /// Errors: null. A name that is no fragment's is reported in `problems`; what is wrong in
  /// fragments stands in errors() of this object.
  FragmentPtr load(const std::string& name, base::Place place, Problems& problems);

  /// What was found wrong in the fragments loaded so far, each file's once.
  [[nodiscard]] base::Diagnostics take_errors() { return std::exchange(errors_, {}); }

 private:
  using Chain = std::vector<std::string>;

  FragmentPtr load_nested(const std::string& name, base::Place place, Problems& problems,
                          Chain& chain);
  FragmentPtr read(const std::string& name, Chain& chain);
  FragmentPtr read_tree(const Node& root, Problems& problems, Chain& chain);

  [[nodiscard]] std::filesystem::path path_of(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names() const;

  std::filesystem::path root_;
  std::map<std::string, FragmentPtr> loaded_;
  base::Diagnostics errors_;
};

}  // namespace tcprove::scenario
