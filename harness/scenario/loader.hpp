#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "harness/base/result.hpp"
#include "harness/scenario/fragments.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/scenario/source.hpp"

namespace tcprove::scenario {

class Catalogue;

/// Where scenarios find what they refer to.
struct LoadOptions {
  /// The specs root for a file that is below none: the folder that holds `fragments/`.
  std::filesystem::path specs_root;
  /// Whose ids `covers` may name; null: any.
  const Catalogue* catalogue = nullptr;
};

/// The nearest folder at or above `path` that holds `fragments/`, as a relative path where `path`
/// is one; nothing where there is none.
std::optional<std::filesystem::path> find_specs_root(const std::filesystem::path& path);

/// Reads scenarios and keeps their fragments, so that each of those is read, and what is wrong in
/// it reported, once.
class Loader {
 public:
  explicit Loader(LoadOptions options) : options_(std::move(options)) {}

  /// Reads the scenario at `path` and checks every instance of it. Its id is its path below its
  /// specs root, or below none the path as given, without `.yaml`. A `.plan` is read as the
  /// scenario that its octets stand for (plan::plan_of()).
  ///
  /// Errors: all of them, also those of the fragments that it begins with.
  base::Result<Scenario> load(const std::filesystem::path& path);

  /// As load(), of a text; `file` is its name in diagnostics, and without `.yaml` its id.
  base::Result<Scenario> read(std::string_view text, const std::string& file);

  [[nodiscard]] const LoadOptions& options() const { return options_; }

 private:
  base::Result<Scenario> load_plan(const std::filesystem::path& path);
  base::Result<Scenario> read_source(const SourcePtr& source, std::string id,
                                     const std::filesystem::path& root);

  LoadOptions options_;
  std::map<std::filesystem::path, Fragments> fragments_;
};

/// One scenario by a Loader of its own.
base::Result<Scenario> load_scenario(const std::filesystem::path& path, const LoadOptions& options);

}  // namespace tcprove::scenario
