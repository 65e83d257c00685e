#include "harness/cli/expected_lists.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <system_error>
#include <vector>

#include "harness/cli/known_deviations.hpp"
#include "harness/cli/specs_folder.hpp"
#include "harness/cli/uncaught_faults.hpp"
#include "harness/cli/unproven.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;

/// Lists by the names of their files, which are those of stacks.
using Lists = std::map<fs::path, scenario::ExpectedDeviations>;

void append(const base::Diagnostics& more, base::Diagnostics& all) {
  std::ranges::copy(more, std::back_inserter(all));
}

/// The lists of known deviations in `folder`; what is wrong with one goes to `all`.
Lists read_lists(const fs::path& folder, const scenario::Catalogue& catalogue,
                 base::Diagnostics& all) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& file = entry->path();
    const bool other = file == uncaught_faults_path() || file == unproven_path();
    if (file.extension() == ".yaml" && !other) files.push_back(file);
  }
  std::ranges::sort(files);
  Lists lists;
  for (const fs::path& file : files) {
    auto list = read_expected(file, catalogue);
    if (!list) append(list.error(), all);
    if (list) lists.emplace(file.filename(), std::move(list.value()));
  }
  return lists;
}

/// Entries about scenarios where nobody would read them.
base::Diagnostics about_scenarios(const scenario::ExpectedDeviations& list) {
  base::Diagnostics mistakes;
  for (const scenario::Deviation& deviation : list.deviations) {
    if (deviation.scenario.empty()) continue;
    mistakes.push_back({.file = list.file,
                        .place = deviation.place,
                        .message = "what generated plans show is listed by rule or by death, and "
                                   "names no scenario",
                        .suggestion = {},
                        .source_line = {}});
  }
  return mistakes;
}

}  // namespace

base::Diagnostics check_expected_lists(std::span<const std::string> ids,
                                       const scenario::Catalogue& catalogue) {
  const auto uncaught = read_uncaught_faults();
  base::Diagnostics all = uncaught ? base::Diagnostics() : uncaught.error();
  const auto unproven = read_unproven(catalogue);
  append(unproven ? unproven.value().unmatched(ids) : unproven.error(), all);
  const fs::path folder = specs_folder() / "expected";
  const Lists lists = read_lists(folder, catalogue, all);
  for (const auto& [name, list] : lists) append(list.unmatched(ids), all);
  for (const auto& [name, generated] : read_lists(folder / "generated", catalogue, all)) {
    append(about_scenarios(generated), all);
    const auto beside = lists.find(name);
    if (beside != lists.end()) append(generated.repeated(beside->second), all);
  }
  return all;
}

}  // namespace tcprove::cli
