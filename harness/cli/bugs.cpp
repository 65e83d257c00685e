#include "harness/cli/bugs.hpp"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "harness/adapter/registry.hpp"
#include "harness/cli/specs_folder.hpp"

namespace tcprove::cli {

base::Result<scenario::Bugs> read_bugs() {
  const std::filesystem::path path = specs_folder() / "catalogue" / "bugs.yaml";
  std::error_code error;
  const bool absent = !std::filesystem::exists(path, error) && !error;
  if (absent) return scenario::Bugs();  // A specs/ of somebody's own need not have one.
  std::vector<std::string_view> faults;
  for (const adapter::Target& target : adapter::targets()) {
    for (const adapter::NamedFault& fault : target.faults) faults.push_back(fault.name);
  }
  return scenario::load_bugs(path, faults);
}

}  // namespace tcprove::cli
