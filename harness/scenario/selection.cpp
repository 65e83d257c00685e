#include "harness/scenario/selection.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/state_event_scenarios.hpp"

namespace tcprove::scenario {
namespace {

namespace fs = std::filesystem;

/// Folders below a specs root that hold no scenarios.
constexpr std::array<std::string_view, 4> kOtherFolders{"fragments", "expected", "catalogue",
                                                        "state-event"};

base::Diagnostics refused(const std::string& selection, std::string why,
                          std::string suggestion = {}) {
  return {base::Diagnostic{.file = selection,
                           .place = {},
                           .message = std::move(why),
                           .suggestion = std::move(suggestion),
                           .source_line = {}}};
}

/// The scenario files below `folder`, sorted by their paths.
base::Result<std::vector<fs::path>> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool is_folder = entry->is_directory(error);
    if (is_folder &&
        std::find(kOtherFolders.begin(), kOtherFolders.end(), name) != kOtherFolders.end()) {
      entry.disable_recursion_pending();
    } else if (!is_folder && entry->path().extension() == ".yaml") {
      files.push_back(entry->path());
    }
    if (files.size() > kFilesMax) {
      return refused(folder.string(), fmt::format("there are more than {} files", kFilesMax));
    }
  }
  if (error) return refused(folder.string(), error.message());
  std::sort(files.begin(), files.end());
  return files;
}

/// `path` without dots and links, so that two spellings of one place compare equal.
fs::path plain(const fs::path& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path, error).lexically_normal();
  return folder.has_filename() ? folder : folder.parent_path();
}

/// A selection's text, cut before an instance's suffix.
struct Selection {
  std::string path;
  std::string suffix;  ///< `[len=1]`, or empty.

  /// A path's own brackets belong to it where there is such a file; ids have none.
  explicit Selection(const std::string& text) : path(text) {
    std::error_code error;
    if (!text.ends_with(']') || fs::exists(text, error)) return;
    std::size_t bracket = text.find('[');
    for (std::size_t at = bracket; at != std::string::npos; at = text.find('[', at + 1)) {
      if (!fs::is_regular_file(text.substr(0, at), error)) continue;
      bracket = at;
      break;
    }
    if (bracket == std::string::npos) return;
    path = text.substr(0, bracket);
    suffix = text.substr(bracket);
  }
};

/// Collects the scenarios of all selections.
class Selector {
 public:
  explicit Selector(const LoadOptions& options) : loader_(options) {}

  void add(const std::string& text) {
    const Selection selection(text);
    std::error_code error;
    const fs::file_status status = fs::status(selection.path, error);
    if (fs::is_directory(status) && selection.suffix.empty()) {
      add_folder(text);
    } else if (fs::exists(status) && !fs::is_directory(status)) {
      add_file(selection.path, text, selection.suffix);
    } else {
      add_ids(text, selection);
    }
  }

  void add_root() { add_folder(loader_.options().specs_root.string()); }

  base::Result<std::vector<Scenario>> take() {
    if (!errors_.empty()) return std::move(errors_);
    std::vector<Scenario> scenarios;
    for (auto& [id, scenario] : selected_) scenarios.push_back(std::move(scenario));
    return scenarios;
  }

 private:
  void fail(base::Diagnostics errors) { errors_ = joined(std::move(errors_), std::move(errors)); }

  /// With the scenarios that the folder `state-event` below or at `folder` stands for.
  void add_folder(const std::string& folder) {
    const fs::path root = plain(loader_.options().specs_root);
    const fs::path asked = plain(folder);
    if (asked == root || asked == root / "state-event") add_generated("state-event", folder, {});
    if (asked != root / "state-event") add_all(folder, files_below(folder));
  }

  /// Those of the generated scenarios whose id is `wanted` or begins with it; whether there are
  /// any.
  bool add_generated(const std::string& wanted, const std::string& selection,
                     const std::string& suffix) {
    if (!std::string_view(wanted).starts_with("state-event")) return false;
    if (!generated_) {
      auto loaded =
          load_state_event_scenarios(loader_.options().specs_root, loader_.options().catalogue);
      generated_.emplace();
      if (!loaded) {
        fail(loaded.error());
        return true;
      }
      generated_ = std::move(loaded.value());
    }
    bool any = false;
    for (const Scenario& scenario : *generated_) {
      const bool exact = scenario.id == wanted;
      if (!exact && (!suffix.empty() || !scenario.id.starts_with(wanted))) continue;
      const bool begins_another =
          !exact &&
          std::ranges::any_of(*generated_, [&](const Scenario& s) { return s.id == wanted; });
      if (begins_another) continue;
      select(scenario, selection, suffix);
      any = true;
    }
    return any;
  }

  void add_all(const std::string& selection, const base::Result<std::vector<fs::path>>& files) {
    if (!files) return fail(files.error());
    if (files.value().empty()) return fail(refused(selection, "there is no scenario below this"));
    for (const fs::path& file : files.value()) add_file(file, selection, {});
  }

  void add_file(const fs::path& file, const std::string& selection, const std::string& suffix) {
    const auto [known, is_new] = loaded_.try_emplace(plain(file));
    if (is_new) {
      base::Result<Scenario> scenario = loader_.load(file);
      if (!scenario) return fail(scenario.error());
      known->second = std::move(scenario.value());
    }
    // A file that could not be read has been reported.
    if (known->second) select(*known->second, selection, suffix);
  }

  void select(const Scenario& scenario, const std::string& selection, const std::string& suffix) {
    Scenario part = scenario;
    if (!suffix.empty()) {
      std::erase_if(part.instances,
                    [&](const Instance& i) { return i.id != scenario.id + suffix; });
    }
    if (part.instances.empty()) {
      std::vector<std::string_view> ids;
      for (const Instance& instance : scenario.instances) ids.push_back(instance.id);
      return fail(refused(selection, fmt::format("{} has no such instance", scenario.id),
                          base::nearest(scenario.id + suffix, ids)));
    }
    const auto [known, is_new] = selected_.try_emplace(scenario.id, part);
    if (!is_new) merge(scenario, part, known->second);
  }

  /// Keeps the instances of `a` and of `b`, in the order of the whole scenario.
  static void merge(const Scenario& whole, const Scenario& a, Scenario& b) {
    std::vector<Instance> instances;
    const auto has = [](const Scenario& part, const Instance& instance) {
      return std::any_of(part.instances.begin(), part.instances.end(),
                         [&](const Instance& i) { return i.id == instance.id; });
    };
    if (a.instances.size() == whole.instances.size()) {
      b.instances = whole.instances;
      return;
    }
    std::copy_if(whole.instances.begin(), whole.instances.end(), std::back_inserter(instances),
                 [&](const Instance& i) { return has(a, i) || has(b, i); });
    b.instances = std::move(instances);
  }

  void add_ids(const std::string& text, const Selection& selection) {
    if (files_.empty()) {
      base::Result<std::vector<fs::path>> files = files_below(loader_.options().specs_root);
      if (!files) return fail(files.error());
      files_ = std::move(files.value());
    }
    const std::vector<std::string> ids = ids_below_root();
    const std::string wanted = id_wanted(selection.path);
    if (add_generated(wanted, text, selection.suffix)) return;
    const auto exact = std::find(ids.begin(), ids.end(), wanted);
    if (exact != ids.end()) {
      const auto index = static_cast<std::size_t>(exact - ids.begin());
      return add_file(files_[index], text, selection.suffix);
    }
    bool any = false;
    for (std::size_t i = 0; i < ids.size() && selection.suffix.empty(); ++i) {
      if (!ids[i].starts_with(wanted)) continue;
      any = true;
      add_file(files_[i], text, {});
    }
    if (!any) fail(refused(text, "no scenario matches this", nearest_id(wanted, ids)));
  }

  [[nodiscard]] std::vector<std::string> ids_below_root() const {
    std::vector<std::string> ids;
    for (const fs::path& file : files_) {
      fs::path id = plain(file).lexically_relative(plain(loader_.options().specs_root));
      ids.push_back(id.replace_extension().generic_string());
    }
    return ids;
  }

  /// A path that leads below the specs root is cut there: `specs/textbook/hand`.
  [[nodiscard]] std::string id_wanted(const std::string& path) const {
    const std::string root = plain(loader_.options().specs_root).generic_string() + "/";
    const std::string whole = plain(path).generic_string();
    std::string wanted = whole.starts_with(root) ? whole.substr(root.size()) : path;
    if (wanted.ends_with(".yaml")) wanted.resize(wanted.size() - 5);
    return wanted;
  }

  /// The nearest of the ids, or of their beginnings up to a slash.
  static std::string nearest_id(const std::string& wanted, const std::vector<std::string>& ids) {
    std::vector<std::string_view> names;
    for (const std::string_view id : ids) {
      names.push_back(id);
      for (std::size_t slash = id.find('/'); slash != std::string_view::npos;
           slash = id.find('/', slash + 1)) {
        names.push_back(id.substr(0, slash));
      }
    }
    return base::nearest(wanted, names);
  }

  Loader loader_;
  std::map<fs::path, std::optional<Scenario>> loaded_;
  std::map<std::string, Scenario> selected_;
  std::optional<std::vector<Scenario>> generated_;
  std::vector<fs::path> files_;  ///< Below the specs root.
  base::Diagnostics errors_;
};

}  // namespace

base::Result<std::vector<Scenario>> load_scenarios(std::span<const std::string> selections,
                                                   const LoadOptions& options) {
  Selector selector(options);
  if (selections.empty()) selector.add_root();
  for (const std::string& selection : selections) selector.add(selection);
  return selector.take();
}

std::vector<std::string> instance_ids(const std::vector<Scenario>& scenarios) {
  std::vector<std::string> ids;
  for (const Scenario& scenario : scenarios) {
    for (const Instance& instance : scenario.instances) ids.push_back(instance.id);
  }
  return ids;
}

}  // namespace tcprove::scenario
