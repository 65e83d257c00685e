#include "harness/cli/uncaught_faults.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "harness/adapter/registry.hpp"
#include "harness/base/spelling.hpp"
#include "harness/cli/specs_folder.hpp"

namespace tcprove::cli {
namespace {

/// What is wrong with `uncaught`, which stands in `file`.
std::optional<base::Diagnostic> mistake_in(const scenario::UncaughtFault& uncaught,
                                           const std::string& file) {
  base::Diagnostic mistake{.file = file, .place = uncaught.place};
  if (uncaught.target.find("fault=all") == std::string::npos) {
    mistake.message = fmt::format("\"{}\" is no target with fault=all", uncaught.target);
    return mistake;
  }
  const auto every = adapter::every_fault(uncaught.target);
  if (!every) return std::nullopt;  // A stack that this binary was built without.
  std::vector<std::string_view> names;
  for (const adapter::NamedFault& known : every->faults) names.push_back(known.name);
  if (std::ranges::find(names, uncaught.fault) != names.end()) return std::nullopt;
  mistake.message = fmt::format("{} has no fault \"{}\"", uncaught.target, uncaught.fault);
  mistake.suggestion = base::nearest(uncaught.fault, names);
  return mistake;
}

}  // namespace

std::filesystem::path uncaught_faults_path() {
  return specs_folder() / "expected" / "uncaught-faults.yaml";
}

base::Result<scenario::UncaughtFaults> read_uncaught_faults() {
  std::error_code error;
  const bool absent = !std::filesystem::exists(uncaught_faults_path(), error) && !error;
  if (absent) return scenario::UncaughtFaults();  // A specs/ of somebody's own need not have one.
  auto read = scenario::load_uncaught_faults(uncaught_faults_path());
  if (!read) return read;
  base::Diagnostics mistakes;
  for (const scenario::UncaughtFault& uncaught : read.value().faults) {
    if (auto mistake = mistake_in(uncaught, read.value().file)) {
      mistakes.push_back(std::move(*mistake));
    }
  }
  if (!mistakes.empty()) return mistakes;
  return read;
}

}  // namespace tcprove::cli
